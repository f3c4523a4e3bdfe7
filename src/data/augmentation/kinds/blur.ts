import { type Triple, tripleOf } from "../../../space/triple";
import { type DrawnRange, forEachAxis } from "../drawing";
import { blurAlong } from "../gaussianBlur";
import type { AugmentationKind } from "../kind";

export interface BlurSettings {
  /** Millimetres. */
  readonly sigma: DrawnRange;
}

export interface DrawnBlur {
  readonly kind: "blur";
  /** Voxels along x, y, z. */
  readonly sigma: Triple;
}

/** Gaussian filter whose standard deviation is drawn for each axis, as torchio's RandomBlur. */
export const blur: AugmentationKind<BlurSettings, DrawnBlur> = {
  draw({ sigma: range }, { grid, voxelSize }, random) {
    const sigma = forEachAxis(random, grid, range, 0);
    return { kind: "blur", sigma: tripleOf((axis) => sigma[axis] / voxelSize[axis]) };
  },

  apply(values, grid, { sigma }) {
    for (const axis of grid.axes) blurAlong(values, grid, axis, sigma[axis]!);
  },
};
