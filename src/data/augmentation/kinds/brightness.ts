import { type DrawnRange, uniform } from "../drawing";
import type { AugmentationKind } from "../kind";

export interface BrightnessSettings {
  readonly factor: DrawnRange;
  readonly offset: DrawnRange;
}

export interface DrawnBrightness {
  readonly kind: "brightness";
  readonly factor: number;
  /** In the unit of the values. */
  readonly offset: number;
}

/** factor · x + offset: nnU-Net's multiplicative brightness, and MONAI's RandScaleIntensity and RandShiftIntensity. */
export const brightness: AugmentationKind<BrightnessSettings, DrawnBrightness> = {
  draw: ({ factor, offset }, _, random) => ({
    kind: "brightness",
    factor: uniform(random, ...factor),
    offset: uniform(random, ...offset),
  }),

  apply(values, _, { factor, offset }) {
    for (let i = 0; i < values.length; i++) values[i] = factor * values[i]! + offset;
  },
};
