/** From the voxels of an image to one input of the network, step by step in ClinicaDL's order. */
import { refuse } from "../../experiment/problems/makeProblem";
import type { Affine } from "../../space/affine";
import type { SpaceRule } from "../../space/spaceRule";
import type { VoxelArray } from "../../space/voxelArray";
import { type AugmentationPlan, type Drawn, transformInput } from "../augmentation/augmentation";
import type { ClinicadlDrawn, TransformName } from "../augmentation/clinicadl";
import { planForImage } from "../augmentation/inputFrame";
import { augment } from "../augmentation/transforms";
import { landmarksOfPart } from "../intensity/histogram";
import { applyIntensity, type IntensityPlan, measureIntensity, measuresImages } from "../intensity/intensity";
import type { Scale } from "../nifti/compactVoxels";
import type { DiskCache } from "../nifti/diskCache";
import { type Cut, cutPart } from "../parts/parts";
import type { ImageSize } from "../sources/images";
import { type Extent, extentOf, LARGEST, removeNaN } from "./normalise";
import { reduceSize } from "./sizeReduction";

/** How every image of an experiment is turned into inputs. Plain data: it travels to the workers. */
export interface InputSettings {
  /** Of an image as it is read, in the order of axes that `space` asks for. */
  readonly imageSize: ImageSize;
  readonly space: SpaceRule;
  readonly cut: Cut;
  /** What is done to the values of each input; null for nothing. */
  readonly intensity: IntensityPlan | null;
  /** Factor of the size reduction of whole images. */
  readonly reduction: number | null;
  /** [channels, ...spatial] of an input. */
  readonly inputSize: readonly number[];
  /** ClinicaDL's transforms, applied to training samples, in order. */
  readonly augmentation: readonly TransformName[];
  /** The transforms of `augmentation`; null or absent for none. */
  readonly transforms?: AugmentationPlan | null;
  /** Where images are kept as they are read; null or absent for nowhere. */
  readonly disk?: DiskCache | null;
}

/** The voxels of an image file, [x, y, z] in C order. */
export interface Voxels {
  readonly file: string;
  readonly size: ImageSize;
  readonly data: VoxelArray;
  /** Of the image as it is read, of which its millimetres are; absent for those of the first image. */
  readonly affine?: Affine | undefined;
  /** From `data` to the values; null or absent where they are the values. */
  readonly scale?: Scale | null;
  /** Of the values, where it is known already. */
  readonly extent?: Extent;
  /** What the normalisation wants to know of the whole image (`measuredImage`). */
  readonly measured?: readonly number[] | undefined;
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

/** Told of each input, or of an image before it is cut, what its transforms drew, in order; null where chance left it as it is. */
export type OnDrawn = (drawn: readonly (Drawn | ClinicadlDrawn | null)[]) => void;

export interface InputOptions {
  /** Draws the training transforms; absent in evaluation. */
  readonly augmentationSeed?: number | undefined;
  /** Memory of the input, of its length; fresh memory when absent, and where the size is reduced. */
  readonly into?: Float32Array<ArrayBuffer> | undefined;
  /** What was fitted on the training set, for an `intensity` that is: of whole images, or [part, landmark]. */
  readonly standard?: readonly number[] | undefined;
  readonly onDrawn?: OnDrawn | undefined;
}

/**
 * The `part`-th input that an image gives (from 0). Throws an InputError when the values span more than a float32 holds.
 */
export function networkInput(
  { file, data, affine, scale = null, extent, measured }: Voxels,
  settings: InputSettings,
  part: number,
  { augmentationSeed, into, standard, onDrawn }: InputOptions = {},
): Float32Array<ArrayBuffer> {
  const { imageSize, cut, reduction } = settings;
  const memory = reduction === null ? into : undefined;
  const values = cutPart(data, imageSize, cut, part, { scale, into: memory });
  const known = cut.mode === "image" ? extent : undefined;
  return finishInput(values, settings, {
    file,
    part,
    affine,
    extent: known,
    measured,
    augmentationSeed,
    standard,
    onDrawn,
  });
}

/** What is known of values that were cut. */
export interface CutValues extends Pick<InputOptions, "augmentationSeed" | "standard" | "onDrawn"> {
  readonly file: string;
  readonly part: number;
  /** Of the image that they were cut from, as in `Voxels`. */
  readonly affine?: Affine | undefined;
  /** Of the values, where it is known already. */
  readonly extent?: Extent | undefined;
  /** What was measured of the whole image, where the normalisation asks for it. */
  readonly measured?: readonly number[] | undefined;
}

/**
 * What follows the cut: NaN removal, normalisation, size reduction, and, where there is a seed, the training transforms. Works on
 * `values` itself. A constant part becomes zero: the background of a skull-stripped brain is no mistake.
 */
export function finishInput(
  values: Float32Array<ArrayBuffer>,
  settings: InputSettings,
  cut: CutValues,
): Float32Array<ArrayBuffer> {
  const { intensity } = settings;
  const { extent = extentOf(values), augmentationSeed, standard = [], onDrawn } = cut;
  if (extent.hasNaN) removeNaN(values);
  if (intensity !== null) {
    const known = extent.hasNaN ? { ...cut, extent: undefined } : { ...cut, extent };
    const measured = measuredOf(values, settings, intensity, known);
    applyIntensity(intensity, values, measured, landmarksOfPart(standard, cut.part));
  }
  const reduced =
    settings.reduction === null ? values : reduceSize(values, settings.imageSize, settings.reduction);
  if (augmentationSeed !== undefined) {
    const { inputSize, augmentation, transforms = null, cut: mode, reduction } = settings;
    const { affine } = cut;
    const plan =
      transforms === null || affine === undefined
        ? transforms
        : planForImage(transforms, affine, mode, reduction);
    const drawn =
      plan === null
        ? augment(reduced, inputSize, augmentation, augmentationSeed)
        : transformInput(reduced, inputSize, plan, augmentationSeed);
    onDrawn?.(drawn);
  }
  return reduced;
}

/** Of the whole image, or of the part itself. */
function measuredOf(
  values: Float32Array,
  { imageSize, cut: mode }: InputSettings,
  intensity: IntensityPlan,
  { file, part, extent, measured }: CutValues,
): readonly number[] | null {
  if (measuresImages(intensity)) {
    if (measured === undefined) throw new Error(`${file} was not measured before it was cut.`);
    return measured;
  }
  // ClinicaDL's, of which the first look at the values has told all.
  if (intensity.kind === "min-max" && extent !== undefined) {
    const { min, max } = extent;
    if (!Number.isFinite(Math.fround(max - min))) throw refuse("image.infinite", { file });
    return max > min ? [min, max] : null;
  }
  const mask = intensity.mask === undefined ? null : cutPart(intensity.mask, imageSize, mode, part);
  return measureIntensity(intensity, { file, values, mask });
}

/**
 * What the normalisation wants to know of a whole image before it is cut; undefined where it asks for nothing.
 * @throws InputError where nothing of it can be measured
 */
export function measuredImage(
  { file, data }: Pick<PlainVoxels, "file" | "data">,
  { intensity }: Pick<InputSettings, "intensity">,
): readonly number[] | undefined {
  if (intensity === null || !measuresImages(intensity)) return undefined;
  const measured = measureIntensity(intensity, { file, values: data, mask: intensity.mask ?? null });
  if (measured === null) throw refuse("intensity.nothing", { file });
  return measured;
}
