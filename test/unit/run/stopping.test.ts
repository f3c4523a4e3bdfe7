import { describe, expect, it } from "vitest";
import { observeLoss, startStopping, viewStopping } from "../../../src/run/stopping";

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

  it("counts epochs without improvement as ClinicaDL does", () => {
    // Anchor computed by ClinicaDL: patience 2, tolerance 0.1 stops after the fifth of these.
    let state = startStopping({ patience: 2, tolerance: 0.1 });
    const counts = [1, 0.95, 0.89, 0.85, 0.81].map((loss) => {
      state = observeLoss(state, loss).state;
      return state.badEpochs;
    });
    expect(counts).toEqual([0, 1, 0, 1, 2]);
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

describe("viewStopping", () => {
  const stopping = { best: 0.4, badEpochs: 3, patience: 10, tolerance: 0.01, threshold: 0.396 };

  it("tells the epoch of the best loss, the threshold and the patience used", () => {
    expect(viewStopping(stopping, 11, null)).toEqual({
      kind: "counting",
      best: 0.4,
      bestEpoch: 8,
      threshold: 0.396,
      used: 3,
      patience: 10,
      exhausted: false,
    });
  });

  it("is off without patience", () => {
    expect(viewStopping({ ...stopping, patience: 0 }, 11, null)).toEqual({ kind: "off" });
  });

  it("is exhausted when it was the reason of the end", () => {
    expect(viewStopping({ ...stopping, badEpochs: 10 }, 11, "early_stopping")).toMatchObject({
      exhausted: true,
    });
  });
});
