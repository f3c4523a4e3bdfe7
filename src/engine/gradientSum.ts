/** Gradients of the batches of one update, summed by their shares (batchShares.ts). */
import { BatchShares } from "./batchShares";
import type { Reduction } from "./engine";

/** How an engine adds its gradients. */
export interface GradientArithmetic<Gradient> {
  /** sum + share * gradient of a parameter. Both become part of the answer: they must not be used otherwise. */
  add(parameter: string, sum: Gradient, gradient: Gradient, share: number): Gradient;
  /** Gives back what a sum takes. */
  release(sum: Gradient): void;
}

export class GradientSum<Gradient> {
  readonly #sums = new Map<string, Gradient>();
  readonly #arithmetic: GradientArithmetic<Gradient>;
  readonly #shares: BatchShares;

  constructor(arithmetic: GradientArithmetic<Gradient>, reduction: Reduction | undefined) {
    this.#arithmetic = arithmetic;
    this.#shares = new BatchShares(reduction);
  }

  /** No batch has been added. */
  get isEmpty(): boolean {
    return this.#shares.isEmpty;
  }

  get gradients(): ReadonlyMap<string, Gradient> {
    return this.#sums;
  }

  /** What the sums are multiplied by to be the gradients of the update. */
  get scale(): number {
    return this.#shares.scale;
  }

  /** Adds the gradients of one batch of that weight. */
  add(gradients: Iterable<readonly [string, Gradient]>, weight: number): void {
    const share = this.#shares.add(weight);
    for (const [name, gradient] of gradients) {
      const sum = this.#sums.get(name);
      this.#sums.set(name, sum === undefined ? gradient : this.#arithmetic.add(name, sum, gradient, share));
    }
  }

  clear(): void {
    for (const sum of this.#sums.values()) this.#arithmetic.release(sum);
    this.#sums.clear();
    this.#shares.clear();
  }
}
