import { describe, expect, it } from "vitest";
import { type AnswerOf, answered, argmax, classOf } from "../../../src/statistics/answer";
import {
  applySelectionThreshold,
  balancedAccuracyByPart,
  equalWeights,
  hardVote,
  meanVote,
  type PartPrediction,
  softVote,
} from "../../../src/training/results/voting";

function row(
  participantId: string,
  part: number,
  truth: number,
  probabilities: readonly number[],
): PartPrediction<AnswerOf<"probabilities">> {
  const answer = { kind: "probabilities", probabilities } as const;
  return { participantId, sessionId: "ses-M000", part, truth, answer };
}

describe("answers", () => {
  it("of two tasks are not taken for one another", () => {
    const rows = [{ answer: { kind: "value", value: 70 } }, row("a", 0, 0, [1, 0])] as const;
    expect(answered(rows.slice(1), "probabilities")).toHaveLength(1);
    expect(() => answered(rows, "probabilities")).toThrow("Not all answers are probabilities");
    expect(() => balancedAccuracyByPart([{ ...row("a", 0, 0, []), ...rows[0] }], 2)).toThrow();
  });
});

describe("balancedAccuracyByPart", () => {
  it("is the mean of sensitivity and specificity of each part", () => {
    // Part 0: class 0 right 2 of 3, class 1 right 1 of 1. Part 1: class 0 right 3 of 3, class 1 wrong.
    const right = [0.9, 0.1];
    const wrong = [0.2, 0.8];
    const validation = [
      row("a", 0, 0, right),
      row("b", 0, 0, right),
      row("c", 0, 0, wrong),
      row("d", 0, 1, wrong),
      row("a", 1, 0, right),
      row("b", 1, 0, right),
      row("c", 1, 0, right),
      row("d", 1, 1, right),
    ];
    const weights = balancedAccuracyByPart(validation, 2);
    expect(weights.get(0)).toBeCloseTo((2 / 3 + 1) / 2, 15);
    expect(weights.get(1)).toBe(0.5);
  });
});

describe("applySelectionThreshold", () => {
  const weights = new Map([
    [0, 0.9],
    [1, 0.6],
    [2, 0.5],
  ]);
  it.each([
    [null, [0.9, 0.6, 0.5], false],
    [0, [0.9, 0.6, 0.5], false],
    [0.6, [0.9, 0.6, 0], false],
    [0.7, [0.9, 0, 0], false],
    [0.95, [1, 1, 1], true],
  ])("threshold %s leaves %j", (threshold, expected, noneLeft) => {
    const applied = applySelectionThreshold(weights, threshold);
    expect([...applied.weights.values()]).toEqual(expected);
    expect(applied.noneLeft).toBe(noneLeft);
  });
});

describe("softVote", () => {
  const rows = [row("a", 0, 0, [0.9, 0.1]), row("a", 1, 0, [0.2, 0.8]), row("a", 2, 0, [0.1, 0.9])];
  const accuracies = [
    [0, 1],
    [1, 0.5],
    [2, 0.25],
  ] as const;

  it.each([
    [null, 0.5857142857142857],
    [0.4, 0.6666666666666666],
    [0.6, 0.9],
  ])("threshold %s gives the image probability %d", (threshold, expected) => {
    const { weights } = applySelectionThreshold(new Map(accuracies), threshold);
    const [image] = softVote(rows, weights);
    expect(image?.answer.probabilities[0]).toBeCloseTo(expected, 14);
    expect(image?.answer.probabilities[1]).toBeCloseTo(1 - expected, 14);
  });

  it("keeps sessions of one participant apart", () => {
    const later = { ...row("a", 0, 1, [0, 1]), sessionId: "ses-M006" };
    const images = softVote([row("a", 0, 0, [1, 0]), later], equalWeights([0]));
    expect(images).toEqual([
      {
        participantId: "a",
        sessionId: "ses-M000",
        truth: 0,
        answer: { kind: "probabilities", probabilities: [1, 0] },
      },
      {
        participantId: "a",
        sessionId: "ses-M006",
        truth: 1,
        answer: { kind: "probabilities", probabilities: [0, 1] },
      },
    ]);
  });

  it("keeps participants of one name in two cohorts apart", () => {
    const other = { ...row("a", 0, 1, [0, 1]), cohort: "other" };
    const images = softVote([{ ...row("a", 0, 0, [1, 0]), cohort: "one" }, other], equalWeights([0]));
    expect(images.map((image) => image.truth)).toEqual([0, 1]);
  });
});

describe("meanVote", () => {
  const value = (part: number, given: number): PartPrediction<AnswerOf<"value">> => ({
    ...row("a", part, 70, []),
    answer: { kind: "value", value: given },
  });

  it("is the mean of the values of a regression with equal weights", () => {
    const [image] = meanVote([value(0, 60), value(1, 66)], equalWeights([0, 1]));
    expect(image).toMatchObject({ truth: 70, answer: { kind: "value", value: 63 } });
  });

  it("is refused where a part has no weight", () => {
    expect(() => meanVote([value(0, 60), value(1, 66)], equalWeights([0]))).toThrow("Part 1 has no weight");
  });
});

describe("hardVote", () => {
  it("gives each part one vote", () => {
    const [image] = hardVote([
      row("a", 0, 0, [0.51, 0.49]),
      row("a", 1, 0, [0.51, 0.49]),
      row("a", 2, 0, [0, 1]),
    ]);
    expect(image?.answer.probabilities).toEqual([2 / 3, 1 / 3]);
  });

  it("gives a tie to the smaller code", () => {
    const [image] = hardVote([row("a", 0, 0, [0, 1]), row("a", 1, 0, [1, 0])]);
    expect(image && classOf(image.answer)).toBe(0);
    expect(argmax([0.5, 0.5])).toBe(0);
  });
});
