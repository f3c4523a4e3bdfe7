import type { RandomGenerator } from "../../../network/weights/random";
import { type DrawnRange, uniform } from "../drawing";
import type { AugmentationKind } from "../kind";
import { meanAndDeviation, spanOf } from "../valueFacts";

export interface GammaSettings {
  readonly gamma: DrawnRange;
  readonly invert: number;
  readonly keep_statistics: boolean;
}

export interface DrawnGamma {
  readonly kind: "gamma";
  readonly gamma: number;
  /** Whether dark and bright change places while the power is taken. */
  readonly inverted: boolean;
  /** Whether mean and standard deviation are brought back to what they were. */
  readonly keepsStatistics: boolean;
}

/**
 * ((x - min) / (max - min))^gamma on the range of the values, which stays. Inverted, it is taken of the values mirrored in their
 * range, as nnU-Net does (Isensee et al., 2021, supplement 4).
 */
export const gamma: AugmentationKind<GammaSettings, DrawnGamma> = {
  draw: (settings, _, random) => ({
    kind: "gamma",
    gamma: exponent(settings.gamma, random),
    inverted: random.uniform() < settings.invert,
    keepsStatistics: settings.keep_statistics,
  }),

  apply(values, _, { gamma: power, inverted, keepsStatistics }) {
    const { min, max } = spanOf(values);
    const range = max - min;
    if (!(range > 0) || power === 1) return;
    const before = keepsStatistics ? meanAndDeviation(values) : null;
    for (let i = 0; i < values.length; i++) {
      const part = (values[i]! - min) / range;
      values[i] = inverted ? max - (1 - part) ** power * range : min + part ** power * range;
    }
    if (before === null) return;
    const after = meanAndDeviation(values);
    const factor = after.deviation > 0 ? before.deviation / after.deviation : 1;
    for (let i = 0; i < values.length; i++) values[i] = (values[i]! - after.mean) * factor + before.mean;
  },
};

/** As often below 1 as above it where the range holds both, as nnU-Net draws it. */
function exponent([low, high]: DrawnRange, random: RandomGenerator): number {
  const below = random.uniform() < 0.5;
  if (low >= 1 || high <= 1) return uniform(random, low, high);
  return below ? uniform(random, low, 1) : uniform(random, 1, high);
}
