/** Where the head is in an image that holds more than it: air, and more of the neck in one than in another. */
import { AXES, type Triple, tripleOf } from "../../space/triple";
import { robustRange } from "../../statistics/robustRange";

/** Of the range of most values: air and its noise are below it in T1, FLAIR and PET, tissue above. */
const SHARE = 0.2;

/**
 * The centre of mass, in voxels, of what is brighter than a fifth of the range of most values (`robustRange`, so that a few outliers move
 * nothing), every such voxel weighing the same; null where nothing is.
 * @param values of `shape`, the last axis the fastest; NaN is passed over
 */
export function headCentre(values: Float32Array, shape: Triple): Triple | null {
  const { low, high } = robustRange(values.length, (voxel) => values[voxel]!);
  const threshold = low + SHARE * (high - low);
  const counts = AXES.map((axis) => new Float64Array(shape[axis]));
  const [xs, ys, zs] = [counts[0]!, counts[1]!, counts[2]!];
  let at = 0;
  for (let x = 0; x < shape[0]; x++) {
    for (let y = 0; y < shape[1]; y++) {
      for (let z = 0; z < shape[2]; z++, at++) {
        if (!(values[at]! > threshold)) continue;
        xs[x]!++;
        ys[y]!++;
        zs[z]!++;
      }
    }
  }
  const all = xs.reduce((sum, count) => sum + count, 0);
  const mean = (along: Float64Array) => along.reduce((sum, count, i) => sum + count * i, 0) / all;
  return all === 0 ? null : tripleOf((axis) => mean(counts[axis]!));
}
