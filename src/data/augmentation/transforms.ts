/** The transforms of `data_augmentation`, by ClinicaDL's names: each is applied to every training sample, in the order of the list. */
import type { AUGMENTATIONS } from "../../experiment/schema/schema";
import { RandomGenerator } from "../../network/weights/random";
import { type Grid, gridOf } from "./grid";
import { biasField, ghosting, motion, randomBlur, randomSwap, spike } from "./scanner";
import { cropPad, erasing, noise, smoothing } from "./simple";

type Transform = (values: Float32Array, grid: Grid, random: RandomGenerator) => void;

export type TransformName = (typeof AUGMENTATIONS)[number];

const TRANSFORMS: Readonly<Record<TransformName, Transform>> = {
  Noise: noise,
  Erasing: erasing,
  CropPad: cropPad,
  Smoothing: smoothing,
  Motion: motion,
  Ghosting: ghosting,
  Spike: spike,
  BiasField: biasField,
  RandomBlur: randomBlur,
  RandomSwap: randomSwap,
};

/** Applies `names` in place to one input of the given shape [channels, ...spatial]; `seed` decides everything. */
export function augment(
  values: Float32Array,
  shape: readonly number[],
  names: readonly TransformName[],
  seed: number,
): void {
  const grid = gridOf(shape);
  const random = new RandomGenerator(seed);
  for (const name of names) TRANSFORMS[name](values, grid, random);
}
