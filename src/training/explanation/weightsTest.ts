/**
 * Whether a map says something of what the network has learned (Adebayo et al., Sanity Checks for Saliency Maps, 2018): its weights are
 * drawn anew, all of them, as before any training, and the map is made once more. One that stays as it was shows the image, its edges
 * for instance, and not the network.
 */
import type { WeightsTest } from "../../maps/folder/interpretationRecord";
import { type MapLikeness, mapLikeness } from "../../statistics/mapLikeness";
import { mean } from "../../statistics/moments";

/** Maps of so many samples of each network are compared: an average over people, each batch with weights of its own. */
export const TESTED_SAMPLES = 5;

/** From this rank correlation on, of values or magnitudes, a map counts as the same: it is Gyrus's own, the authors give none. */
const SAME_FROM = 0.5;

/** Collects what is compared, sample by sample. */
export class WeightsComparison {
  readonly #found: MapLikeness[] = [];

  add(trained: Float32Array, drawn: Float32Array, shape: readonly number[]): void {
    this.#found.push(mapLikeness(trained, drawn, shape));
  }

  /** Undefined where nothing was compared. */
  outcome(): WeightsTest | undefined {
    if (this.#found.length === 0) return undefined;
    const meanOf = (name: "rank" | "absoluteRank") => {
      const values = this.#found.flatMap((one) => one[name] ?? []);
      return values.length === 0 ? null : mean(values);
    };
    const [rank, absoluteRank] = [meanOf("rank"), meanOf("absoluteRank")];
    const told = [rank, absoluteRank].filter((value) => value !== null);
    return {
      samples: this.#found.length,
      rank,
      absoluteRank,
      similarity: mean(this.#found.map(({ similarity }) => similarity)),
      depends: told.length === 0 ? null : told.every((value) => value < SAME_FROM),
    };
  }
}
