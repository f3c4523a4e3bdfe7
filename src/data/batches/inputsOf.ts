/** The inputs of some parts of one image, as a training or an evaluation sees them. */
import type { ReadSeeds } from "../nifti/volumeMessages";
import { cutPart } from "../parts/parts";
import { finishInput, type InputSettings, networkInput, type OnDrawn, type Voxels } from "./networkInput";

interface InputsOptions {
  /** Draw the training transforms; absent in evaluation. */
  readonly seeds?: ReadSeeds | undefined;
  /** To hold inputs; there may be less of it than inputs. */
  readonly memory?: readonly Float32Array<ArrayBuffer>[];
  /** What was fitted on the training set, for an `intensity` that is. */
  readonly standard?: readonly number[] | undefined;
  readonly onDrawn?: OnDrawn | undefined;
}

/**
 * One array for each of `parts` (from 0). Where whole images are transformed, the image is transformed once for all of them.
 * @throws InputError as `networkInput`
 */
export function inputsOf(
  voxels: Voxels,
  settings: InputSettings,
  parts: readonly number[],
  options: InputsOptions = {},
): readonly Float32Array<ArrayBuffer>[] {
  const { seeds, memory = [], standard, onDrawn } = options;
  if (seeds === undefined || settings.transforms?.on !== "image") {
    return parts.map((part, i) => {
      const augmentationSeed = seeds?.parts[i];
      return networkInput(voxels, settings, part, { augmentationSeed, into: memory[i], standard, onDrawn });
    });
  }
  const whole = transformedImage(voxels, settings, seeds.image, { standard, onDrawn });
  // What precedes and follows the cut has been done to the image.
  const cutOnly: InputSettings = { ...settings, intensity: null, transforms: null };
  return parts.map((part, i) => networkInput(whole, cutOnly, part, { into: memory[i] }));
}

/** The image normalised and transformed, before it is cut. */
function transformedImage(
  { file, size, data, affine, scale = null, measured }: Voxels,
  settings: InputSettings,
  augmentationSeed: number,
  { standard, onDrawn }: Pick<InputsOptions, "standard" | "onDrawn">,
): Voxels {
  const uncut: InputSettings = { ...settings, cut: { mode: "image" }, inputSize: [1, ...size] };
  const values = cutPart(data, size, uncut.cut, 0, { scale });
  return {
    file,
    size,
    data: finishInput(values, uncut, {
      file,
      part: 0,
      affine,
      measured,
      augmentationSeed,
      standard,
      onDrawn,
    }),
  };
}
