/** The mean brain of a group: of some of its images that lie on one grid, each brought to the same brightness. */
import type { ImageInfo } from "../../../../webview/shared/volume/layers/messages";
import { readNiftiSeries, readStoredVolume } from "../../../data/nifti/niftiSeries";
import { robustRange } from "../../../statistics/robustRange";
import { imageInfo, type NiftiFile } from "../nifti/readImage";

/** The mean of so many looks like that of all. */
export const MOST_AVERAGED = 12;
/** Millimetres by which affines of one grid may differ. */
const SAME = 1e-3;

export interface MeanAnatomy {
  readonly image: ImageInfo;
  /** 0 to 100, x fastest. */
  readonly voxels: Float32Array;
  /** How many images it is the mean of. */
  readonly of: number;
}

/** Of those of `files` that can be read and lie on the grid of the first one; null where none can be. */
export async function meanAnatomy(
  files: readonly NiftiFile[],
  signal: AbortSignal,
): Promise<MeanAnatomy | null> {
  let image: ImageInfo | null = null;
  let voxels = new Float32Array();
  let of = 0;
  for (const file of files) {
    if (signal.aborted) return null;
    const read = await readVolume(file).catch(() => null);
    if (read === null || (image !== null && !isSameGrid(image, read.image))) continue;
    if (image === null) voxels = new Float32Array(read.values.length);
    image ??= read.image;
    of++;
    const { low, high } = robustRange(read.values.length, (voxel) => read.values[voxel]!);
    for (let voxel = 0; voxel < voxels.length; voxel++) {
      const value = Math.min(Math.max((100 * (read.values[voxel]! - low)) / (high - low), 0), 100);
      voxels[voxel]! += ((Number.isFinite(value) ? value : 0) - voxels[voxel]!) / of;
    }
  }
  return image === null ? null : { image, voxels, of };
}

async function readVolume(file: NiftiFile) {
  const series = await readNiftiSeries(await file.open());
  const stored = await readStoredVolume(await file.open(), series, 0);
  const { slope, intercept } = series.header;
  const values = Float32Array.from(stored, (value) => slope * value + intercept);
  const image = { ...imageInfo(series, null), datatype: "float32", slope: 1, intercept: 0 };
  return { image, values };
}

const isSameGrid = (a: ImageInfo, b: ImageInfo) =>
  a.size.every((length, axis) => length === b.size[axis]) &&
  a.affine.every((row, i) => row.every((value, j) => Math.abs(value - (b.affine[i]?.[j] ?? 0)) < SAME));
