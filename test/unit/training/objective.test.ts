import { describe, expect, it } from "vitest";
import { objectiveOf } from "../../../src/training/loop/objective";

/** What an engine gets of it. */
const dataOf = (...asked: Parameters<typeof objectiveOf>) => objectiveOf(...asked).data;

describe("objectiveOf", () => {
  it("is the mean squared error for values and images", () => {
    expect(dataOf({ network_task: "regression", loss: "MSELoss", class_weights: null }, 0, [])).toEqual({
      loss: "MSELoss",
    });
  });

  it("takes the options of its loss, with PyTorch's defaults, and no others", () => {
    const options = { class_weights: null, loss_beta: 0.5 };
    expect(dataOf({ network_task: "regression", loss: "SmoothL1Loss", ...options }, 0, [])).toEqual({
      loss: "SmoothL1Loss",
      beta: 0.5,
    });
    expect(dataOf({ network_task: "regression", loss: "HuberLoss", ...options }, 0, [])).toEqual({
      loss: "HuberLoss",
      delta: 1,
    });
    expect(dataOf({ network_task: "regression", loss: "L1Loss", ...options }, 0, [])).toEqual({
      loss: "L1Loss",
    });
  });

  it("is the cross entropy over the classes", () => {
    const objective = dataOf(
      { network_task: "classification", loss: "CrossEntropyLoss", class_weights: null },
      3,
      [0, 1, 2],
    );
    expect(objective).toEqual({ loss: "CrossEntropyLoss", classes: 3 });
  });

  it("weighs classes by the inverse of their frequency in the training set", () => {
    const objective = dataOf(
      { network_task: "classification", loss: "CrossEntropyLoss", class_weights: "balanced" },
      2,
      [0, 1, 1, 1],
    );
    expect(objective).toEqual({ loss: "CrossEntropyLoss", classes: 2, classWeights: [2, 4 / 6] });
  });

  it("takes weights as they are given", () => {
    const objective = dataOf(
      { network_task: "classification", loss: "CrossEntropyLoss", class_weights: [1, 5] },
      2,
      [0, 1],
    );
    expect(objective).toEqual({ loss: "CrossEntropyLoss", classes: 2, classWeights: [1, 5] });
  });
});
