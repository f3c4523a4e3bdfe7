import { describe, expect, it } from "vitest";
import { startProgress } from "../../../src/training/loop/trainingProgress";
import { describeEnd } from "../../../src/training/run/describeEnd";

const progressAfter = (epoch: number, batch = 0) => ({
  ...startProgress({ patience: 3, tolerance: 0 }, 1e-4),
  epoch,
  batch,
});

describe("describeEnd", () => {
  it.each([
    [1, "The one epoch was run. There is no best model."],
    [2, "All 2 epochs were run. There is no best model."],
  ])("of %i epochs that were all", (epochs, text) => {
    expect(describeEnd("completed", progressAfter(epochs))).toBe(text);
  });

  it("of a stop within an epoch", () => {
    expect(describeEnd("stopped", progressAfter(1, 2))).toBe(
      "Stopped on request after 1 epoch and 2 batches; it can be resumed.",
    );
  });
});
