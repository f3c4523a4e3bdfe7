/** Cuts an order of samples into batches and reads each while the one before it is in use. */
import type { Dataset } from "./dataset";

export interface LoadedBatch {
  /** Its number in the epoch, from 0. */
  readonly number: number;
  /** Samples, in the order of the batch. */
  readonly indices: readonly number[];
  /** [indices.length, ...inputSize] */
  readonly input: Float32Array;
}

export interface BatchOptions {
  /** Number of the first batch that is wanted; those before it are neither read nor given. */
  readonly first?: number;
  /** Seed of the training transforms of a batch; absent in evaluation. */
  readonly augmentationSeed?: (batch: number) => number;
}

/** Number of batches of `samples`; the last one may be short. */
export function batchCount(samples: number, batchSize: number): number {
  return Math.ceil(samples / batchSize);
}

/**
 * The batches of `order` one after the other, none left out. The next one is asked for before this one is handed out, so it
 * is read by the workers during the training step.
 */
export async function* batches(
  dataset: Pick<Dataset, "read">,
  order: readonly number[],
  batchSize: number,
  options: BatchOptions = {},
): AsyncGenerator<LoadedBatch, void, void> {
  const count = batchCount(order.length, batchSize);
  const load = (number: number): Promise<LoadedBatch> => {
    const indices = order.slice(number * batchSize, (number + 1) * batchSize);
    const reading = dataset
      .read(indices, options.augmentationSeed?.(number))
      .then((input) => ({ number, indices, input }));
    // An error is thrown where the batch is awaited; if it never is, because the loop was left, it is nobody's.
    reading.catch(() => {});
    return reading;
  };
  const first = options.first ?? 0;
  if (first >= count) return;
  let next = load(first);
  for (let number = first; number < count; number++) {
    const batch = await next;
    if (number + 1 < count) next = load(number + 1);
    yield batch;
  }
}
