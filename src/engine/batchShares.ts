/**
 * How much each batch of an update counts. The mean over all samples is sum w_i g_i / sum w_i for batches of the weights w_i with the
 * mean gradients g_i. The sums that are kept are those of (w_i / w_1) g_i: of batches that weigh alike they are plain sums, and their
 * scale is 1 / count, to the bit.
 */
import type { Reduction } from "./engine";

export class BatchShares {
  readonly #reduction: Reduction;
  #first = 0;
  #total = 0;

  constructor(reduction: Reduction = "mean") {
    this.#reduction = reduction;
  }

  /** Takes a batch in. @returns what its gradient is multiplied by in the sum, 1 for the first batch */
  add(weight: number): number {
    if (this.#total === 0) this.#first = weight;
    this.#total += weight;
    return this.#reduction === "sum" ? 1 : weight / this.#first;
  }

  /** What the sum is multiplied by to be the gradient of the update. */
  get scale(): number {
    return this.#reduction === "sum" ? 1 : this.#first / this.#total;
  }

  /** No batch has been taken in. */
  get isEmpty(): boolean {
    return this.#total === 0;
  }

  clear(): void {
    this.#total = 0;
  }
}
