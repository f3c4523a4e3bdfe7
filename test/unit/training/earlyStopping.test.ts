import { describe, expect, it } from "vitest";
import { observeLoss, startStopping } from "../../../src/training/loop/earlyStopping";

function verdicts(patience: number, tolerance: number, losses: readonly number[]): string[] {
  let state = startStopping({ patience, tolerance });
  return losses.map((loss) => {
    const observed = observeLoss(state, loss);
    state = observed.state;
    return observed.verdict;
  });
}

describe("observeLoss", () => {
  it("stops after `patience` epochs in a row without improvement", () => {
    expect(verdicts(2, 0, [1, 1.1, 0.9, 0.9, 1])).toEqual([
      "continue",
      "continue",
      "continue",
      "continue",
      "early_stopping",
    ]);
  });

  it("counts an improvement smaller than the tolerance as none", () => {
    expect(verdicts(2, 0.1, [1, 0.95, 0.89, 0.85, 0.81]).at(-1)).toBe("early_stopping");
  });

  it("counts an equal loss as no improvement", () => {
    expect(verdicts(1, 0, [1, 1])).toEqual(["continue", "early_stopping"]);
  });

  it("stops at a loss that is not a number, even the first", () => {
    expect(verdicts(5, 0, [Number.NaN])).toEqual(["nan"]);
    expect(verdicts(5, 0, [1, Number.NaN])).toEqual(["continue", "nan"]);
  });

  it("counts an infinite loss as no improvement", () => {
    expect(verdicts(1, 0, [1, Number.POSITIVE_INFINITY])).toEqual(["continue", "early_stopping"]);
  });

  it("is switched off by patience 0", () => {
    expect(verdicts(0, 0, [1, 2, Number.NaN, 3])).toEqual(["continue", "continue", "continue", "continue"]);
  });

  it("shows the loss below which the next epoch improves", () => {
    const { state } = observeLoss(startStopping({ patience: 3, tolerance: 0.25 }), 2);
    expect(state).toEqual({ best: 2, badEpochs: 0, patience: 3, tolerance: 0.25, threshold: 1.5 });
  });
});
