import { describe, expect, it } from "vitest";
import { describeEnd } from "../../../src/training/describeEnd";
import { startProgress } from "../../../src/training/trainingProgress";

describe("describeEnd", () => {
  const after = (epoch: number) => ({ ...startProgress({ patience: 0, tolerance: 0 }, 1e-3), epoch });

  it.each([
    [1, "The one epoch was run."],
    [3, "All 3 epochs were run."],
  ])("counts %i epochs in words", (epochs, words) => {
    expect(describeEnd("completed", after(epochs))).toBe(`${words} There is no best model.`);
  });
});
