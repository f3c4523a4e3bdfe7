/** What the host reads of an image for a view: its header, its voxels, and the names of its regions. */
import type { Fault, ImageInfo, LayerAnswer } from "../../../../webview/shared/volume/layers/messages";
import { type NiftiDetails, niftiDetails } from "../../../data/nifti/niftiDetails";
import { type NiftiSeries, volumeCount, voxelBytes } from "../../../data/nifti/niftiHeader";
import { type ByteSource, readNiftiSeries, readStoredVolume } from "../../../data/nifti/niftiSeries";
import { REGION_TABLES, readRegionNames } from "../../../data/nifti/regionNames";
import { InputError } from "../../../experiment/problems/problem";
import { reasonOf } from "../../../messages/reasonOf";
import { sentencesHere } from "../../language";

export interface SessionLimits {
  /** Of volumes of more bytes it is told how far their reading is. */
  readonly tell: number;
  /** Volumes of more bytes are read only when the user insists. */
  readonly ask: number;
  /** Volumes of more bytes are not read. */
  readonly refuse: number;
}

/** A volume travels to the view as one message: beyond these sizes the window stalls, or has not the memory. */
export const LIMITS: SessionLimits = { tell: 16 * 2 ** 20, ask: 512 * 2 ** 20, refuse: 2 ** 30 };

export interface NiftiFile {
  readonly uri: string;
  readonly name: string;
  /** Bytes on the disk, of both files of a pair; null when nobody tells. */
  size(): Promise<number | null>;
  /** The text of the file of this name but for its extension; null where there is none. */
  beside(extension: string): Promise<string | null>;
  /** Opened anew for each reading: the file may have been written again. */
  open(): Promise<ByteSource>;
}

/**
 * A volume of an image. Throws an InputError where it cannot be read.
 *
 * @param limit bytes of its voxels at most
 * @param volume from 0; the last one where the file has fewer, as when it was written again
 */
export async function readLayer(file: NiftiFile, limit: number, volume = 0): Promise<LayerAnswer> {
  const series = await readNiftiSeries(await file.open());
  const bytes = voxelBytes(series.header);
  // It lies in memory beside the image, and once more as numbers of 32 bits.
  if (bytes > limit) return { kind: "tooLarge", why: { bytes, limit, mayTry: false } };
  const voxels = await readStoredVolume(
    await file.open(),
    series,
    Math.min(volume, volumeCount(series.sizes) - 1),
  );
  const image = imageInfo(series, await file.size());
  return { kind: "layer", image, voxels, regions: await regionsOf(file) };
}

async function regionsOf(file: NiftiFile): Promise<readonly (readonly [number, string])[]> {
  for (const extension of REGION_TABLES) {
    const regions = readRegionNames((await file.beside(extension)) ?? "");
    if (regions.size > 0) return [...regions];
  }
  return [];
}

export function faultsOf(error: unknown): readonly Fault[] {
  if (error instanceof InputError) return error.problems.map(sentencesHere);
  return [{ message: reasonOf(error), remedy: "" }];
}

export function imageInfo({ header, sizes, channels }: NiftiSeries, fileBytes: number | null): ImageInfo {
  const details: NiftiDetails = niftiDetails(header);
  const { version, littleEndian, datatype, shape, slope, intercept, voxelSize, affine } = header;
  return {
    fileBytes,
    version,
    littleEndian,
    datatype: channels === null ? datatype : channels === 3 ? "RGB24" : "RGBA32",
    sizes,
    size: shape,
    volumes: volumeCount(sizes),
    volumeBytes: voxelBytes(header) * (channels ?? 1),
    slope,
    intercept,
    voxelSize,
    affine,
    ...details,
  };
}
