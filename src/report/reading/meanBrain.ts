/** The mean of images that lie on one grid, each from 0 to 1 over its robust range: scanners have units of their own. */
import { farthestApart, type Grid, type SpatialImage } from "../../space/grid";
import { robustRange } from "../../statistics/robustRange";

/** Millimetres: headers keep float32. */
const SAME_PLACE = 0.01;

export class MeanBrain {
  #sum: { readonly grid: Grid; readonly values: Float64Array } | null = null;
  #count = 0;

  /** How many images are in it. */
  get count(): number {
    return this.#count;
  }

  /** Adds an image, unless it lies on another grid than the first one. */
  add({ grid, values }: SpatialImage): void {
    this.#sum ??= { grid, values: new Float64Array(values.length) };
    if (!isSameGrid(this.#sum.grid, grid)) return;
    addScaled(this.#sum.values, values);
    this.#count += 1;
  }

  /** Values from 0 to `highest`; null where there is no image. */
  mean(highest: number): SpatialImage | null {
    if (this.#sum === null) return null;
    const { grid, values } = this.#sum;
    return { grid, values: Float32Array.from(values, (sum) => (highest * sum) / this.#count) };
  }
}

const isSameGrid = (one: Grid, other: Grid) =>
  one.shape.join() === other.shape.join() && farthestApart(one, other) < SAME_PLACE;

/** What is no number counts as air; an image of one value has nothing to show. */
function addScaled(sum: Float64Array, values: Float32Array): void {
  const { low, high } = robustRange(values.length, (voxel) => values[voxel]!);
  if (!(high > low)) return;
  for (let i = 0; i < values.length; i++) {
    const share = (values[i]! - low) / (high - low);
    if (share > 0) sum[i]! += Math.min(1, share);
  }
}
