/** From the voxels of an image to one input of the network, step by step in ClinicaDL's order. */
import { refuse } from "../../experiment/problems/makeProblem";
import type { SpaceSettings } from "../../experiment/schema/schema";
import { augment, type TransformName } from "../augmentation/transforms";
import { type Cut, cutPart } from "../parts/parts";
import type { ImageSize } from "../sources/images";
import { type Extent, extentOf, LARGEST, minMax, type Range, removeNaN } from "./normalise";
import { reduceSize } from "./sizeReduction";

/** How every image of an experiment is turned into inputs. Plain data: it travels to the workers. */
export interface InputSettings {
  /** Of an image as it is read, in the order of axes that `space` asks for. */
  readonly imageSize: ImageSize;
  readonly space: SpaceSettings;
  readonly cut: Cut;
  readonly normalize: boolean;
  /** Factor of the size reduction of whole images. */
  readonly reduction: number | null;
  /** [channels, ...spatial] of an input. */
  readonly inputSize: readonly number[];
  /** Applied to training samples, in order. */
  readonly augmentation: readonly TransformName[];
}

/** The voxels of an image file, [x, y, z] in C order. */
export interface Voxels {
  readonly file: string;
  readonly size: ImageSize;
  readonly data: Float32Array;
  /** Bytes after the end of its gzip data, which are ignored. */
  readonly behind?: number;
}

/**
 * Throws an InputError for an image of another size than the others, and for one that would poison the training: constant
 * (ClinicaDL's normalisation makes it NaN), infinite, or of NaN alone.
 * @returns what the look at all values told
 */
export function checkVoxels({ file, size, data }: Voxels, expected: ImageSize): Extent {
  if (size.some((length, axis) => length !== expected[axis])) {
    throw refuse("image.size", { file }, { size: size.join("x"), expected: expected.join("x") });
  }
  const extent = extentOf(data);
  const { min, max, hasNaN } = extent;
  if (min > max) throw refuse("image.no-number", { file });
  // NaN will become 0, and infinities beside it the largest numbers.
  const [low, high] = hasNaN
    ? [Math.max(-LARGEST, Math.min(min, 0)), Math.min(LARGEST, Math.max(max, 0))]
    : [min, max];
  if (low === high)
    throw refuse("image.constant", { file }, { value: low, otherwise: hasNaN ? "NaN" : null });
  if (!Number.isFinite(Math.fround(high - low))) throw refuse("image.infinite", { file });
  return extent;
}

/**
 * The `part`-th input that an image gives (from 0). Throws an InputError when the values span more than a float32 holds.
 */
export function networkInput(
  voxels: Voxels,
  settings: InputSettings,
  part: number,
  augmentationSeed?: number,
): Float32Array<ArrayBuffer> {
  const values = cutPart(voxels.data, settings.imageSize, settings.cut, part);
  return finishInput(values, settings, voxels.file, augmentationSeed);
}

/**
 * What follows the cut: NaN removal, normalisation, size reduction, and, where there is a seed, the training transforms. Works on
 * `values` itself. A constant part becomes zero: the background of a skull-stripped brain is no mistake.
 */
export function finishInput(
  values: Float32Array<ArrayBuffer>,
  settings: InputSettings,
  file: string,
  augmentationSeed?: number,
): Float32Array<ArrayBuffer> {
  const extent = extentOf(values);
  if (extent.hasNaN) removeNaN(values);
  if (settings.normalize) normalise(values, extent.hasNaN ? extentOf(values) : extent, file);
  const reduced =
    settings.reduction === null ? values : reduceSize(values, settings.imageSize, settings.reduction);
  if (augmentationSeed !== undefined) {
    augment(reduced, settings.inputSize, settings.augmentation, augmentationSeed);
  }
  return reduced;
}

function normalise(values: Float32Array, range: Range, file: string): void {
  if (!Number.isFinite(Math.fround(range.max - range.min))) throw refuse("image.infinite", { file });
  if (range.max > range.min) minMax(values, range);
  else values.fill(0);
}
