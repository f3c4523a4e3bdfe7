/** From the voxels of an image to one input of the network, step by step in ClinicaDL's order. */
import { refuse } from "../../experiment/problems/makeProblem";
import type { SpaceRule } from "../../space/spaceRule";
import type { VoxelArray } from "../../space/voxelArray";
import { augment, type TransformName } from "../augmentation/transforms";
import type { Scale } from "../nifti/compactVoxels";
import { type Cut, cutPart } from "../parts/parts";
import type { ImageSize } from "../sources/images";
import { type Extent, extentOf, LARGEST, minMax, type Range, removeNaN } from "./normalise";
import { reduceSize } from "./sizeReduction";

/** How every image of an experiment is turned into inputs. Plain data: it travels to the workers. */
export interface InputSettings {
  /** Of an image as it is read, in the order of axes that `space` asks for. */
  readonly imageSize: ImageSize;
  readonly space: SpaceRule;
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
  readonly data: VoxelArray;
  /** From `data` to the values; null or absent where they are the values. */
  readonly scale?: Scale | null;
  /** Of the values, where it is known already. */
  readonly extent?: Extent;
  /** Bytes after the end of its gzip data, which are ignored. */
  readonly behind?: number;
}

/** As `Voxels`, its values as they are read. */
interface PlainVoxels {
  readonly file: string;
  readonly size: ImageSize;
  readonly data: Float32Array;
}

/**
 * Throws an InputError for an image of another size than the others, and for one that would poison the training: constant
 * (ClinicaDL's normalisation makes it NaN), infinite, or of NaN alone.
 * @returns what the look at all values told
 */
export function checkVoxels({ file, size, data }: PlainVoxels, expected: ImageSize): Extent {
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

export interface InputOptions {
  /** Draws the training transforms; absent in evaluation. */
  readonly augmentationSeed?: number | undefined;
  /** Memory of the input, of its length; fresh memory when absent, and where the size is reduced. */
  readonly into?: Float32Array<ArrayBuffer> | undefined;
}

/**
 * The `part`-th input that an image gives (from 0). Throws an InputError when the values span more than a float32 holds.
 */
export function networkInput(
  { file, data, scale = null, extent }: Voxels,
  settings: InputSettings,
  part: number,
  { augmentationSeed, into }: InputOptions = {},
): Float32Array<ArrayBuffer> {
  const { imageSize, cut, reduction } = settings;
  const memory = reduction === null ? into : undefined;
  const values = cutPart(data, imageSize, cut, part, { scale, into: memory });
  const known = cut.mode === "image" ? extent : undefined;
  return finishInput(values, settings, file, augmentationSeed, known);
}

/**
 * What follows the cut: NaN removal, normalisation, size reduction, and, where there is a seed, the training transforms. Works on
 * `values` itself. A constant part becomes zero: the background of a skull-stripped brain is no mistake.
 * @param extent of `values`, where it is known already
 */
export function finishInput(
  values: Float32Array<ArrayBuffer>,
  settings: InputSettings,
  file: string,
  augmentationSeed?: number,
  extent: Extent = extentOf(values),
): Float32Array<ArrayBuffer> {
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
