/** Images as volumes of one plane: kernels know three spatial axes. */

const AXES = ["d", "h", "w"] as const;
type Axis = (typeof AXES)[number];
type Named<Name extends string> = `${Name}_${Axis}`;

/** Names of the numbers of three axes: `size_d`, `size_h`, `size_w`. */
export const ofAxes = <const Name extends string>(...names: readonly Name[]): readonly Named<Name>[] =>
  names.flatMap((name) => AXES.map((axis) => `${name}_${axis}` as const));

/** Numbers of two or three axes by those names. @param absent of the axis that an image does not have: 1 of sizes, 0 of padding */
export function byAxis<const Name extends string>(
  name: Name,
  values: readonly number[],
  absent: number,
): { readonly [Key in Named<Name>]: number } {
  const three = [...Array<number>(3 - values.length).fill(absent), ...values];
  const entries = AXES.map((axis, place) => [`${name}_${axis}`, three[place]!] as const);
  return Object.fromEntries(entries) as { [Key in Named<Name>]: number };
}

/** The spatial axes of [N, channels, ...spatial]. */
export const spatialOf = (shape: readonly number[]): readonly number[] => shape.slice(2);
