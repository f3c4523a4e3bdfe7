import { type Triple, tripleOf } from "../../../space/triple";
import { type DrawnRange, uniform, wholeNumber } from "../drawing";
import type { Grid } from "../grid";
import type { AugmentationKind } from "../kind";
import { meanOf, spanOf } from "../valueFacts";

export interface ErasingSettings {
  readonly cuboids: DrawnRange;
  readonly size: DrawnRange;
  readonly fill: ErasingFill;
}

/** A value, or one of the values that are there. */
export type ErasingFill = "minimum" | "mean" | number;

/** In voxels along x, y, z. */
export interface Cuboid {
  readonly corner: Triple;
  readonly size: Triple;
}

export interface DrawnErasing {
  readonly kind: "erasing";
  readonly cuboids: readonly Cuboid[];
  readonly fill: ErasingFill;
}

/** Cuboids of the input become one value, as MONAI's RandCoarseDropout: random erasing (Zhong et al., 2020) in three dimensions. */
export const erasing: AugmentationKind<ErasingSettings, DrawnErasing> = {
  draw({ cuboids, size: [low, high], fill }, { grid }, random) {
    const count = wholeNumber(random, cuboids);
    return {
      kind: "erasing",
      fill,
      cuboids: Array.from({ length: count }, () => {
        const size = tripleOf((axis) => Math.round(grid.size[axis] * uniform(random, low, high)));
        const whole = tripleOf((axis) => (grid.axes.includes(axis) ? size[axis] : grid.size[axis]));
        return { size: whole, corner: tripleOf((axis) => random.integer(grid.size[axis] - whole[axis] + 1)) };
      }),
    };
  },

  apply(values, grid, { cuboids, fill }) {
    const value = fillValue(values, fill);
    for (const cuboid of cuboids) fillCuboid(values, grid, cuboid, value);
  },
};

function fillValue(values: Float32Array, fill: ErasingFill): number {
  switch (fill) {
    case "minimum":
      return spanOf(values).min;
    case "mean":
      return meanOf(values);
    default:
      return fill;
  }
}

/** In every channel. */
export function fillCuboid(values: Float32Array, grid: Grid, { corner, size }: Cuboid, value: number): void {
  const [nx, ny, nz] = grid.size;
  for (let channel = 0; channel < grid.channels; channel++) {
    for (let x = corner[0]; x < corner[0] + size[0]; x++) {
      for (let y = corner[1]; y < corner[1] + size[1]; y++) {
        const row = ((channel * nx + x) * ny + y) * nz + corner[2];
        values.fill(value, row, row + size[2]);
      }
    }
  }
}
