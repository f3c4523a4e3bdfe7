import { describe, expect, it } from "vitest";
import { RandomGenerator } from "../../../src/network/weights/random";
import { judgedDraws } from "../../../src/report/results/judgedDraws";
import { brierScore, brierScoreOfClasses, logLoss } from "../../../src/statistics/calibration/scores";
import { confusionMatrix } from "../../../src/statistics/confusion";
import { undefinedBecause } from "../../../src/statistics/figure";
import { auc, macroAuc } from "../../../src/statistics/roc/auc";
import { averagePrecision, precisionRecallCurve } from "../../../src/statistics/roc/precisionRecall";
import { rocCurve } from "../../../src/statistics/roc/rocCurve";
import { oneAgainstRest } from "../../../src/statistics/roc/scored";

const PEOPLE = 40;

/** Answers in tenths, so that many have the same score. */
function peopleOf(classes: number, random: RandomGenerator) {
  return Array.from({ length: PEOPLE }, (_, i) => {
    const parts = Array.from({ length: classes }, () => 1 + random.integer(5));
    const all = parts.reduce((sum, part) => sum + part, 0);
    return {
      truth: i % classes,
      predicted: random.integer(classes),
      probabilities: parts.map((part) => part / all),
    };
  });
}

describe.each([2, 3])("figures of draws of people of %d classes", (classes) => {
  const random = new RandomGenerator(classes);
  const people = peopleOf(classes, random);
  const { confusion, graded } = judgedDraws(people, classes);
  if (graded === null) throw new Error("All have probabilities.");

  it("are those of the formulas, to the last digit", () => {
    for (let draw = 0; draw < 30; draw++) {
      const rows = people.map(() => random.integer(draw === 0 ? 1 : PEOPLE));
      const drawn = rows.map((row) => people[row]!);
      const truth = drawn.map((person) => person.truth);
      const probabilities = drawn.map((person) => person.probabilities);
      const predicted = drawn.map((person) => person.predicted);
      const classified = { truth, probabilities };
      expect(confusion(rows)).toEqual(confusionMatrix(truth, predicted, classes));
      const codes = classes === 2 ? [0] : [0, 1, 2];
      const scored = codes.map((code) => oneAgainstRest(truth, probabilities, code));
      expect(graded.averagePrecisions(rows)).toEqual(scored.map(averagePrecision));
      expect(graded.brier(rows)).toEqual(
        classes === 2 ? brierScore(scored[0]!) : brierScoreOfClasses(classified),
      );
      expect(graded.logLoss(rows)).toEqual(logLoss(classified));
      if (classes > 2) expect(graded.macroAuc(rows)).toEqual(macroAuc(classified));
    }
  });

  it("are the areas under the curves that are drawn", () => {
    const scored = oneAgainstRest(
      people.map(({ truth }) => truth),
      people.map(({ probabilities }) => probabilities),
      0,
    );
    const [roc, curve] = [rocCurve(scored), precisionRecallCurve(scored)];
    if ("undefinedBecause" in roc || "undefinedBecause" in curve)
      throw new Error("Both classes have people.");
    const trapezoids = roc.reduce((sum, { falsePositiveRate, truePositiveRate }, i) => {
      const before = roc[i - 1] ?? roc[0]!;
      const height = (truePositiveRate + before.truePositiveRate) / 2;
      return sum + (falsePositiveRate - before.falsePositiveRate) * height;
    }, 0);
    expect(auc(scored)).toBeCloseTo(trapezoids, 12);
    const steps = curve.reduce(
      (sum, { precision, recall }, i) => sum + precision * (recall - (curve[i + 1]?.recall ?? recall)),
      0,
    );
    expect(averagePrecision(scored)).toBe(steps);
  });

  it("are none of nobody, and none of probabilities that somebody has not", () => {
    const nobody = judgedDraws([], classes).graded;
    expect(nobody?.logLoss([])).toEqual(undefinedBecause("no-cases"));
    expect(nobody?.macroAuc([])).toEqual(undefinedBecause("no-cases"));
    const bare = people.map((person, i) => (i === 3 ? { ...person, probabilities: null } : person));
    expect(judgedDraws(bare, classes).graded).toBeNull();
  });
});
