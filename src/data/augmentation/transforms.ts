/** The transforms of `data_augmentation`, each applied to every training sample, in the order of the list. */
import { RandomGenerator } from "../../network/weights/random";
import { CLINICADL_TRANSFORMS, type ClinicadlDrawn, type TransformName } from "./clinicadl";
import { gridOf } from "./grid";

/**
 * Applies `names` in place to one input of the given shape [channels, ...spatial]; `seed` decides everything.
 * @returns what each transform drew, in order; null where chance left the input as it is
 */
export function augment(
  values: Float32Array,
  shape: readonly number[],
  names: readonly TransformName[],
  seed: number,
): readonly (ClinicadlDrawn | null)[] {
  const grid = gridOf(shape);
  const random = new RandomGenerator(seed);
  return names.map((name) => CLINICADL_TRANSFORMS[name](values, grid, random));
}
