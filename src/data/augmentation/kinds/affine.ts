import { type Affine, affineOfColumns, compose, inverse, stepOf, toWorld } from "../../../space/affine";
import type { Interpolation } from "../../../space/sampling";
import { type Triple, tripleOf } from "../../../space/triple";
import { type DrawnRange, uniform } from "../drawing";
import type { Grid } from "../grid";
import type { MovingKind } from "../kind";
import { move } from "../move";
import type { Movement, Padding } from "../movement";
import { rotation } from "../rigid";

export interface AffineSettings {
  readonly scales: DrawnRange;
  readonly isotropic: boolean;
  readonly degrees: DrawnRange;
  /** Millimetres. */
  readonly translation: DrawnRange;
  readonly shear: DrawnRange;
  readonly interpolation: Interpolation;
  readonly padding: Padding;
}

export interface DrawnAffine {
  readonly kind: "affine";
  readonly scales: Triple;
  /** About x, y, z of the world, counter-clockwise. */
  readonly degrees: Triple;
  /** Millimetres along x, y, z of the world. */
  readonly translation: Triple;
  /** Of x by y, of x by z, of y by z. */
  readonly shear: Triple;
  readonly interpolation: Interpolation;
  readonly padding: Padding;
  /** From voxels of the input to the world. */
  readonly affine: Affine;
}

/**
 * The head scaled, sheared, turned about the middle c of the input and moved: x -> Rz Ry Rx K S (x - c) + c + t in millimetres of the world,
 * S the scales, K the shears (1 on the diagonal, above it those of xy, xz, yz). A slice stays in its plane.
 */
export const affine: MovingKind<AffineSettings, DrawnAffine> = {
  draw({ scales, isotropic, degrees, translation, shear, interpolation, padding }, image, random) {
    const flat = image.grid.axes.length === 2;
    const drawn = (range: DrawnRange) => tripleOf(() => uniform(random, ...range));
    const each = drawn(scales);
    const scale = isotropic ? tripleOf(() => each[0]) : each;
    const [turned, moved, sheared] = [drawn(degrees), drawn(translation), drawn(shear)];
    return {
      kind: "affine",
      scales: flat ? [scale[0], scale[1], 1] : scale,
      degrees: flat ? [0, 0, turned[2]] : turned,
      translation: flat ? [moved[0], moved[1], 0] : moved,
      shear: flat ? [sheared[0], 0, 0] : sheared,
      interpolation,
      padding,
      affine: image.affine,
    };
  },

  movement: ({ interpolation, padding, ...drawn }, grid): Movement => ({
    pull: pullOf(drawn, grid),
    bending: null,
    interpolation,
    padding,
  }),

  apply: (values, grid, drawn) => move(values, grid, affine.movement(drawn, grid)),
};

/** From a voxel of the result to the point, in voxels, that has come to lie there. */
function pullOf(
  { scales, degrees, translation, shear, affine: frame }: Omit<DrawnAffine, "interpolation" | "padding">,
  { size }: Grid,
): Affine {
  const steps = linearOf(frame);
  const [xy, xz, yz] = shear;
  const stretched = affineOfColumns(
    [
      [scales[0], 0, 0],
      [xy * scales[1], scales[1], 0],
      [xz * scales[2], yz * scales[2], scales[2]],
    ],
    [0, 0, 0],
  );
  const changes = [...degrees, ...shear].some((value) => value !== 0) || scales.some((scale) => scale !== 1);
  const inWorld = inverse(compose(rotation(degrees), stretched));
  // Without a change rounding would move what stays.
  const linear = changes
    ? compose(inverse(steps), compose(inWorld, steps))
    : affineOfColumns(
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
        [0, 0, 0],
      );
  const centre = tripleOf((axis) => (size[axis] - 1) / 2);
  const shifted = toWorld(inverse(steps), toWorld(inWorld, translation));
  const kept = toWorld(linear, centre);
  return affineOfColumns(
    [stepOf(linear, 0), stepOf(linear, 1), stepOf(linear, 2)],
    tripleOf((axis) => centre[axis] - kept[axis] - shifted[axis]),
  );
}

const linearOf = (affine: Affine): Affine =>
  affineOfColumns([stepOf(affine, 0), stepOf(affine, 1), stepOf(affine, 2)], [0, 0, 0]);
