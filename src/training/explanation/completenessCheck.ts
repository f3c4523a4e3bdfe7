import type { Completeness } from "../../maps/folder/interpretationRecord";
import { mean } from "../../statistics/moments";

/** Collects, sample by sample, how far the sum of a map is from the change of the answer that it is to explain. */
export class CompletenessCheck {
  readonly #changes: number[] = [];
  readonly #gaps: number[] = [];

  add({ attributed, change }: { readonly attributed: number; readonly change: number }): void {
    this.#changes.push(Math.abs(change));
    this.#gaps.push(Math.abs(attributed - change));
  }

  /** Undefined where the method has no such sums. */
  outcome(): Completeness | undefined {
    if (this.#gaps.length === 0) return undefined;
    return {
      samples: this.#gaps.length,
      meanChange: mean(this.#changes),
      meanGap: mean(this.#gaps),
      largestGap: Math.max(...this.#gaps),
    };
  }
}
