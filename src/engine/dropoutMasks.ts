import type { TracedLayer } from "../network/shapes/shape";
import { deriveSeed, RandomGenerator } from "../network/weights/random";
import { elementCount } from "../network/weights/tensor";

/** A mask that a Dropout multiplies its input by, of the shape of that input in PyTorch's order. */
export interface DropoutMask {
  readonly name: string;
  readonly shape: readonly number[];
  readonly probability: number;
}

/** The masks that a batch of `size` samples needs, in the order of the layers. */
export function masksOf(trace: readonly TracedLayer[], size: number): DropoutMask[] {
  return trace.flatMap(({ path, layer, input }) =>
    layer.kind === "Dropout" && layer.probability > 0
      ? [{ name: path, shape: [size, ...input], probability: layer.probability }]
      : [],
  );
}

/**
 * The dropout masks of the `batch`-th batch of a training, drawn one after the other in the order of `masks`: elements are 0
 * with the mask's probability and 1 / (1 - probability) else. They depend on the seed and the batch alone, so that a resumed
 * run draws the same, on this engine or the other.
 */
export function dropoutMasks(
  masks: readonly DropoutMask[],
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
