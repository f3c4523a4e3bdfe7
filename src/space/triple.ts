/** The three axes of a voxel array or of the world. */

/** One value for each axis: x, y, z. */
export type Triple = readonly [number, number, number];
export type Axis = 0 | 1 | 2;
export const AXES: readonly Axis[] = [0, 1, 2];

/** A triple made of one value an axis. */
export const tripleOf = (value: (axis: Axis) => number): Triple => [value(0), value(1), value(2)];
