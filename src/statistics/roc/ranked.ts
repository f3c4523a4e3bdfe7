/**
 * People in the order of their scores. Of those who are drawn from them again and again the order is found once, and each draw is only
 * counted.
 */
import type { Scored } from "./scored";

/** From the largest score on: [n] each. */
export interface Ranked {
  /** The person in each place, by their place in what was ranked. */
  readonly order: Uint32Array;
  /** 1 where that person is of the positive class. */
  readonly positive: Uint8Array;
  /** 1 in the last place of a score. */
  readonly ends: Uint8Array;
}

export function ranked({ positive, scores }: Scored): Ranked {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  return {
    order,
    positive: Uint8Array.from(order, (i) => Number(positive[i])),
    ends: Uint8Array.from(order, (i, at) => {
      const next = order[at + 1];
      return Number(next === undefined || scores[next] !== scores[i]);
    }),
  };
}

/** How many are taken for the positive class from each distinct score on, from the largest on, of them and of the others: [steps] each. */
export interface CountedSteps {
  readonly truePositives: Uint32Array;
  readonly falsePositives: Uint32Array;
}

/** @param times how often each counts: [n]; each once where it is not given. A score of nobody who counts is no step. */
export function countedSteps({ order, positive, ends }: Ranked, times?: ArrayLike<number>): CountedSteps {
  const counts = {
    truePositives: new Uint32Array(order.length),
    falsePositives: new Uint32Array(order.length),
  };
  let [steps, counted, truePositives, falsePositives] = [0, 0, 0, 0];
  for (let at = 0; at < order.length; at++) {
    const count = times === undefined ? 1 : times[order[at]!]!;
    if (positive[at] === 1) truePositives += count;
    else falsePositives += count;
    if (ends[at] === 0 || truePositives + falsePositives === counted) continue;
    counted = truePositives + falsePositives;
    counts.truePositives[steps] = truePositives;
    counts.falsePositives[steps] = falsePositives;
    steps++;
  }
  return {
    truePositives: counts.truePositives.subarray(0, steps),
    falsePositives: counts.falsePositives.subarray(0, steps),
  };
}
