import { describe, expect, it } from "vitest";
import { replayStopping, viewStopping } from "../../../webview/training/model/stopping";

describe("replayStopping", () => {
  it("counts epochs without improvement as ClinicaDL does", () => {
    // Anchor computed by ClinicaDL: patience 2, tolerance 0.1 stops after the fifth of these.
    const rules = { patience: 2, tolerance: 0.1 };
    const losses = [1, 0.95, 0.89, 0.85, 0.81];
    expect(losses.map((_, i) => replayStopping(losses.slice(0, i + 1), rules)?.badEpochs)).toEqual([
      0, 1, 0, 1, 2,
    ]);
  });

  it("takes an equal loss for no improvement", () => {
    expect(replayStopping([1, 1], { patience: 1, tolerance: 0 })).toMatchObject({ badEpochs: 1, best: 1 });
  });

  it("knows nothing before the first epoch", () => {
    expect(replayStopping([], { patience: 3, tolerance: 0 })).toBeNull();
  });

  it("ends its count at a loss that is not a number", () => {
    expect(replayStopping([1, Number.NaN, 0.5], { patience: 3, tolerance: 0 })).toMatchObject({
      best: 1,
      badEpochs: 0,
    });
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
