import { identityAffine } from "../../../space/affine";
import type { Interpolation } from "../../../space/sampling";
import { AXES, type Triple } from "../../../space/triple";
import { controlPointsOf, inVoxels } from "../bending";
import { uniform } from "../drawing";
import type { MovingKind } from "../kind";
import { move } from "../move";
import type { Movement, Padding } from "../movement";

export interface ElasticSettings {
  readonly control_points: number;
  /** Millimetres. */
  readonly max_displacement: number;
  readonly locked_borders: 0 | 1 | 2;
  readonly interpolation: Interpolation;
  readonly padding: Padding;
}

export interface DrawnElastic {
  readonly kind: "elastic";
  /** Control points along each axis. */
  readonly size: Triple;
  /** Millimetres along the voxel axes, [x, y, z, axis], the last one the fastest. */
  readonly displacements: readonly number[];
  readonly interpolation: Interpolation;
  readonly padding: Padding;
  /** Millimetres. */
  readonly voxelSize: Triple;
}

/** Bent by a cubic B-spline (Rueckert et al., 1999): out[o] = in[o + u(o)], as torchio's RandomElasticDeformation draws it. */
export const elastic: MovingKind<ElasticSettings, DrawnElastic> = {
  draw({ control_points, max_displacement, locked_borders, interpolation, padding }, image, random) {
    const { grid, voxelSize } = image;
    const size = controlPointsOf(control_points, grid.size);
    const isLocked = (axis: number, at: number) =>
      size[AXES[axis]!] > 1 && (at < locked_borders || at >= size[AXES[axis]!] - locked_borders);
    const displacements: number[] = [];
    for (let x = 0; x < size[0]; x++) {
      for (let y = 0; y < size[1]; y++) {
        for (let z = 0; z < size[2]; z++) {
          const locked = isLocked(0, x) || isLocked(1, y) || isLocked(2, z);
          for (const axis of AXES) {
            const drawn = uniform(random, -max_displacement, max_displacement);
            displacements.push(locked || !grid.axes.includes(axis) ? 0 : drawn);
          }
        }
      }
    }
    return { kind: "elastic", size, displacements, interpolation, padding, voxelSize };
  },

  movement: ({ size, displacements, voxelSize, interpolation, padding }): Movement => ({
    pull: identityAffine,
    bending: { size, displacements: inVoxels(displacements, voxelSize) },
    interpolation,
    padding,
  }),

  apply: (values, grid, drawn) => move(values, grid, elastic.movement(drawn, grid)),
};
