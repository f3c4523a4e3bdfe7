import { RandomGenerator } from "../../../network/weights/random";
import { type DrawnRange, uniform } from "../drawing";
import type { AugmentationKind } from "../kind";
import { spanOf } from "../valueFacts";

export interface NoiseSettings {
  readonly distribution: "gaussian" | "rician";
  readonly std: DrawnRange;
}

export interface DrawnNoise {
  readonly kind: "noise";
  readonly distribution: "gaussian" | "rician";
  /** In the unit of the values. */
  readonly std: number;
  /** Draws the noise of each voxel. */
  readonly seed: number;
}

/**
 * Gaussian: x + N(0, std). Rician, as the magnitude of a complex MRI signal has it (Gudbjartsson and Patz, 1995): the root of
 * (x + N(0, std))² + N(0, std)², x counted from the smallest value, which stands for no signal.
 */
export const noise: AugmentationKind<NoiseSettings, DrawnNoise> = {
  draw: ({ distribution, std: [low, high] }, _, random) => ({
    kind: "noise",
    distribution,
    std: uniform(random, low, high),
    seed: random.nextUint32(),
  }),

  apply(values, _, { distribution, std, seed }) {
    if (std === 0) return;
    const random = new RandomGenerator(seed);
    switch (distribution) {
      case "gaussian":
        addNoise(values, std, random);
        return;
      case "rician":
        addRicianNoise(values, std, random);
        return;
    }
  },
};

/** Adds N(0, std) to each value, in place. */
export function addNoise(values: Float32Array, std: number, random: RandomGenerator): void {
  for (let i = 0; i < values.length; i++) values[i]! += std * random.normal();
}

function addRicianNoise(values: Float32Array, std: number, random: RandomGenerator): void {
  const { min } = spanOf(values);
  for (let i = 0; i < values.length; i++) {
    const real = values[i]! - min + std * random.normal();
    values[i] = min + Math.hypot(real, std * random.normal());
  }
}
