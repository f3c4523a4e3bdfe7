/** The mean brain of a group: of some of its images that lie on one grid, each brought to the same brightness. */
import type { ImageInfo } from "../../../../webview/shared/volume/layers/messages";
import { readNiftiSeries, readStoredVolume } from "../../../data/nifti/niftiSeries";
import { MeanBrain } from "../../../report/reading/meanBrain";
import { imageInfo, type NiftiFile } from "../nifti/readImage";

/** The mean of so many looks like that of all. */
export const MOST_AVERAGED = 12;

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
  const brain = new MeanBrain();
  for (const file of files) {
    if (signal.aborted) return null;
    const read = await readVolume(file).catch(() => null);
    if (read === null) continue;
    image ??= read.image;
    brain.add({ grid: { shape: read.image.size, affine: read.image.affine }, values: read.values });
  }
  const mean = brain.mean(100);
  return image === null || mean === null ? null : { image, voxels: mean.values, of: brain.count };
}

async function readVolume(file: NiftiFile) {
  const series = await readNiftiSeries(await file.open());
  const stored = await readStoredVolume(await file.open(), series, 0);
  const { slope, intercept } = series.header;
  const values = Float32Array.from(stored, (value) => slope * value + intercept);
  const image = { ...imageInfo(series, null), datatype: "float32", slope: 1, intercept: 0 };
  return { image, values };
}
