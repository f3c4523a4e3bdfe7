import { describe, expect, it } from "vitest";
import type { AnswerSet, Given } from "../../../src/report/results/groupResults";
import { setFigures } from "../../../src/report/results/setFigures";
import { isUndefined } from "../../../src/statistics/figure";

function setOf(
  rows: readonly { readonly id: string; readonly truth: number | null; readonly answer: Given }[],
): AnswerSet {
  const source = { kind: "single", split: 0, metric: "loss" } as const;
  const sessions = rows.map(({ id, truth, answer }) => ({
    participantId: id,
    sessionId: "ses-M000",
    cohort: "single",
    split: 0,
    truth,
    answer,
  }));
  return { id: "split-0/best-loss", source, sessions, voting: "none", incomplete: 0 };
}

const regression = { task: "regression", classes: [] } as const;
const values = (pairs: readonly (readonly [number, number])[]) =>
  setOf(pairs.map(([truth, value], i) => ({ id: `sub-${i}`, truth, answer: { kind: "value", value } })));

describe("the figures of a set of answers", () => {
  it("are those of a regression, with intervals", () => {
    // numpy: errors 1, -2, 3, 0, 1; R2 = 1 - 15 / 250, Pearson's r by numpy.corrcoef.
    const set = values([
      [60, 61],
      [65, 63],
      [70, 73],
      [75, 75],
      [80, 81],
    ]);
    const { measures, people } = setFigures(set, regression, null, true);
    const named = (name: string) => measures.find((measure) => measure.name === name);
    expect(people).toBe(5);
    expect(named("MAE")?.value).toBeCloseTo(1.4, 12);
    expect(named("ME")?.value).toBeCloseTo(0.6, 12);
    expect(named("RMSE")?.value).toBeCloseTo(Math.sqrt(3), 12);
    expect(named("R2_score")?.value).toBeCloseTo(1 - 15 / 250, 12);
    for (const name of ["R2_score", "MAE", "RMSE", "pearson"]) {
      const { interval = null, value } = named(name)!;
      if (interval === null || isUndefined(interval) || isUndefined(value)) throw new Error(name);
      expect(interval.lower).toBeLessThan(value);
      expect(interval.upper).toBeGreaterThan(value);
    }
  });

  it("say that R squared does not exist where all true values are equal", () => {
    const { measures } = setFigures(
      values([
        [60, 61],
        [60, 63],
        [60, 59],
      ]),
      regression,
    );
    expect(measures.find(({ name }) => name === "R2_score")?.value).toEqual({
      undefinedBecause: "no-variance",
    });
  });

  it("are the same whenever the same people are drawn again", () => {
    const rows = Array.from({ length: 20 }, (_, i) => {
      const probabilities = [((7 * i) % 20) / 20, 1 - ((7 * i) % 20) / 20];
      return {
        id: `sub-${i}`,
        truth: i % 2,
        answer: { kind: "class", predicted: i % 3 === 0 ? 0 : 1, probabilities } as const,
      };
    });
    const of = { task: "classification", classes: ["AD", "CN"] } as const;
    const once = setFigures(setOf(rows), of, null, true);
    expect(setFigures(setOf(rows), of, null, true)).toEqual(once);
    for (const name of ["AP", "MCC", "F1_score"]) {
      expect(once.measures.find((measure) => measure.name === name)?.interval).toMatchObject({
        method: "bootstrap",
      });
    }
  });
});
