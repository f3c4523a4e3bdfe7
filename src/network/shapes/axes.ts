/**
 * Sizes by axis. Per-axis lists (`kernel`, `stride`, `padding`) have one number for each spatial axis of the input, in its
 * order. Shapes are without the batch axis: [channels, ...spatial], or [features] after a Flatten or a Linear.
 */

/** 2 for images and slices, 3 for volumes. */
export type Dimensions = 2 | 3;
export type PerAxis = readonly number[];
export type Shape = readonly number[];

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

/** A shape as ClinicaDL writes it: "8@25x31x27" for [8, 25, 31, 27], "1300" for [1300]. */
export function shapeText(shape: Shape): string {
  const [channels, ...spatial] = shape;
  return spatial.length === 0 ? `${channels ?? "empty"}` : `${channels}@${spatial.join("x")}`;
}

/** One size for every axis. */
export function everywhere(size: number, dimensions: Dimensions): number[] {
  return Array.from({ length: dimensions }, () => size);
}
