import { describe, expect, it } from "vitest";
import { valueObjective } from "../../../src/statistics/losses/losses";
import { objectiveFor } from "../../../src/statistics/objective";

const image = Float32Array.of(0, 1, 0.5, 0.25);
const seen = { image, shape: [1, 2, 2] };

describe("an objective", () => {
  it("of a classification makes class codes of labels and probabilities of an answer", () => {
    const { encode, decode } = objectiveFor("classification", { loss: "CrossEntropyLoss", classes: 3 });
    expect(encode([2, 0, 1], image)).toEqual({ classes: Int32Array.of(2, 0, 1) });
    const answer = decode(Float32Array.of(0, Math.log(2), 0), seen);
    if (answer.kind !== "probabilities") throw new Error("A classification gives probabilities.");
    expect(answer.probabilities.map((probability) => probability.toFixed(6))).toEqual([
      "0.250000",
      "0.500000",
      "0.250000",
    ]);
  });

  it("of a regression takes the labels as they are, and the one number of an answer", () => {
    const { encode, decode } = objectiveFor("regression", valueObjective("HuberLoss"));
    expect(encode([71.5, 60], image)).toEqual({ values: Float32Array.of(71.5, 60) });
    expect(decode(Float32Array.of(68), seen)).toEqual({ kind: "value", value: 68 });
  });

  it("of a reconstruction compares with the very array of the image, and says how close an answer is to it", () => {
    const { encode, decode } = objectiveFor("reconstruction", valueObjective("MSELoss"));
    expect(encode([Number.NaN], image).values).toBe(image);
    expect(decode(image.slice(), seen)).toMatchObject({
      kind: "reconstruction",
      metrics: { MAE: 0, RMSE: 0 },
    });
    const metrics = { MAE: 0.5, RMSE: 0.5 };
    expect(
      decode(
        image.map((value) => value + 0.5),
        seen,
      ),
    ).toMatchObject({ kind: "reconstruction", metrics });
  });

  it("is none of classes by a loss that compares values", () => {
    expect(() => objectiveFor("classification", valueObjective("L1Loss"))).toThrow(
      "L1Loss compares no classes",
    );
  });
});
