import { deriveSeed, RandomGenerator } from "../../network/random";
import { elementCount } from "../../network/tensor";
import type { MaskInput } from "./compilation";

/**
 * The dropout masks of the `batch`-th batch of a training: elements are 0 with the mask's probability and
 * 1 / (1 - probability) else. They depend on the seed and the batch alone, so that a resumed run draws the same.
 */
export function dropoutMasks(
  masks: readonly MaskInput[],
  seed: number,
  batch: number,
): ReadonlyMap<string, Float32Array> {
  if (masks.length === 0) return new Map();
  const random = new RandomGenerator(deriveSeed(seed, "dropout", batch));
  return new Map(
    masks.map(({ name, shape, probability }) => {
      const mask = new Float32Array(elementCount(shape));
      const kept = 1 / (1 - probability);
      for (let index = 0; index < mask.length; index++) {
        mask[index] = random.uniformFloat() < probability ? 0 : kept;
      }
      return [name, mask];
    }),
  );
}
