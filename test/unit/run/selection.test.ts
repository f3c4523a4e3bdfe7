import { describe, expect, it } from "vitest";
import type { BestEpochs } from "../../../src/run/events";
import { isBetter, selectBest } from "../../../src/run/selection";

/** Epochs at which `metric` found a new best. */
function winners(metric: string, values: readonly number[]): number[] {
  let best: BestEpochs = {};
  return values.flatMap((value, epoch) => {
    const selected = selectBest(best, [metric], epoch, { [metric]: value });
    best = selected.best;
    return selected.improved.length > 0 ? [epoch] : [];
  });
}

describe("selectBest", () => {
  it.each([
    ["loss", "lower", [1, 0.8, 0.9, 0.7], [0, 1, 3]],
    ["RMSE", "lower", [2, 3, 1], [0, 2]],
    ["BA", "higher", [0.5, 0.7, 0.6, 0.8], [0, 1, 3]],
    ["R2_score", "higher", [-3, -1, -2], [0, 1]],
    ["loss", "strictly better", [1, 1, 1], [0]],
    ["BA", "strictly better", [0, 0, 0.5, 0.5], [0, 2]],
    ["loss", "a number after NaN", [Number.NaN, 2, Number.NaN, 1], [1, 3]],
    ["BA", "a number after NaN", [Number.NaN, Number.NaN, 0], [2]],
    ["loss", "finite after infinite", [Number.POSITIVE_INFINITY, 5], [0, 1]],
  ])("%s: %s wins", (metric, _, values, expected) => {
    expect(winners(metric, values)).toEqual(expected);
  });

  it("keeps the whole validation row of the best epoch of each metric", () => {
    const first = selectBest({}, ["loss", "BA"], 0, { loss: 1, BA: 0.5 });
    const second = selectBest(first.best, ["loss", "BA"], 1, { loss: 2, BA: 0.6 });
    expect(second.improved).toEqual(["BA"]);
    expect(second.best).toEqual({
      loss: { epoch: 0, value: 1, validation: { loss: 1, BA: 0.5 } },
      BA: { epoch: 1, value: 0.6, validation: { loss: 2, BA: 0.6 } },
    });
  });
});

describe("the last epoch", () => {
  it("is the best so far, whatever its loss, unless that is no number", () => {
    const after = (loss: number) => selectBest({}, ["last"], 7, { loss, BA: 0.5 }).best.last;
    expect(after(0.9)).toMatchObject({ epoch: 7, value: 0.9 });
    const first = selectBest({}, ["last"], 0, { loss: 0.1, BA: 1 }).best;
    expect(selectBest(first, ["last"], 1, { loss: 0.8, BA: 0.5 })).toMatchObject({
      improved: ["last"],
      best: { last: { epoch: 1 } },
    });
    expect(selectBest(first, ["last"], 1, { loss: Number.NaN, BA: 0.5 }).improved).toEqual([]);
  });
});

describe("isBetter", () => {
  it.each([
    ["loss", 0.4, 0.5, true],
    ["loss", 0.5, 0.5, false],
    ["BA", 0.6, 0.5, true],
    ["MAE", 0.6, 0.5, false],
    ["loss", Number.NaN, 0.5, false],
    ["loss", 0.5, Number.NaN, true],
  ])("%s %d is better than %d: %s", (metric, candidate, than, better) => {
    expect(isBetter(metric, candidate, than)).toBe(better);
  });
});
