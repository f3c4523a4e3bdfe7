import { type DrawnRange, uniform } from "../drawing";
import type { AugmentationKind } from "../kind";
import { meanOf, spanOf } from "../valueFacts";

export interface ContrastSettings {
  readonly factor: DrawnRange;
}

export interface DrawnContrast {
  readonly kind: "contrast";
  readonly factor: number;
}

/** mean + factor (x - mean), clipped to the range that the values had, as nnU-Net does (Isensee et al., 2021, supplement 4). */
export const contrast: AugmentationKind<ContrastSettings, DrawnContrast> = {
  draw: ({ factor: [low, high] }, _, random) => ({ kind: "contrast", factor: uniform(random, low, high) }),

  apply(values, _, { factor }) {
    if (factor === 1) return;
    const { min, max } = spanOf(values);
    const mean = meanOf(values);
    for (let i = 0; i < values.length; i++)
      values[i] = Math.min(max, Math.max(min, mean + factor * (values[i]! - mean)));
  },
};
