/** Curves, areas and their errors as scikit-learn and pROC have them; tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { normalReach } from "../../../src/statistics/distributions";
import { isUndefined } from "../../../src/statistics/figure";
import { aucInterval, delongLimits, delongLogitInterval } from "../../../src/statistics/intervals/auc";
import { auc, aucOfEachClass, macroAuc } from "../../../src/statistics/roc/auc";
import { aucCovariance, placements } from "../../../src/statistics/roc/placements";
import { averagePrecision, precisionRecallCurve } from "../../../src/statistics/roc/precisionRecall";
import { cornersOf, rocCurve } from "../../../src/statistics/roc/rocCurve";
import { oneAgainstRest } from "../../../src/statistics/roc/scored";
import { youdenThreshold } from "../../../src/statistics/roc/thresholds";
import { delongPaired, delongUnpaired } from "../../../src/statistics/tests/delong";
import { defined, expectAllNear, expectNear, expectP } from "../../support/expectFigure";
import { describeWithReference, reference } from "../../support/reference";

const FILE = "golden/i_roc.json";
const EXACT = 1e-12;
const INTERVALS = 1e-10;

const numbers = z.array(z.number());
/** JSON has no infinity: it is a string there. */
const threshold = z.union([z.number(), z.literal("Infinity").transform(() => Number.POSITIVE_INFINITY)]);
const pair = z.tuple([z.number(), z.number()]);
const curve = z.object({ fpr: numbers, tpr: numbers, thresholds: numbers });
const named = { name: z.string(), n: z.number(), y: numbers, p: numbers };
const both = z.object({
  ...named,
  n_positive: z.number(),
  n_negative: z.number(),
  roc_all: curve,
  roc_dropped: curve,
  auc: z.number(),
  youden: z.object({
    J: z.number(),
    threshold,
    sensitivity: z.number(),
    specificity: z.number(),
    all_thresholds_with_this_J: z.array(threshold),
  }),
  pr: z.object({ precision: numbers, recall: numbers, thresholds: numbers }),
  average_precision: z.number(),
  delong_variance_placement: z.number(),
  delong: z.record(z.string(), z.object({ ci: pair, ci_logit: pair.optional() })),
});
const oneClass = z.object({ ...named, n_positive: z.literal(0), auc: z.null() });
const ofClass = z.object({
  class: z.number(),
  auc: z.number().nullable(),
  average_precision: z.number().nullable(),
  delong_variance: z.number().nullable().optional(),
  delong_ci95: pair.nullable().optional(),
  fpr: numbers.nullable().optional(),
  tpr: numbers.nullable().optional(),
});
const multiclass = z.object({
  name: z.string(),
  y: numbers,
  p: z.array(numbers),
  one_vs_rest: z.array(ofClass),
  auc_ovr_macro: z.number().nullable(),
  average_precision_macro: z.number().nullable(),
});
const schema = z.object({
  binary: z.array(z.union([both, oneClass])),
  multiclass: z.array(multiclass),
  delong_paired: z.array(
    z.object({
      name: z.string(),
      y: numbers,
      p1: numbers,
      p2: numbers,
      auc1: z.number(),
      auc2: z.number(),
      covariance: z.array(numbers),
      difference: z.number(),
      z: z.number().nullable(),
      p_two_sided: z.number(),
      ci95_of_difference: pair,
    }),
  ),
  delong_unpaired: z.array(
    z.object({
      name: z.string(),
      y1: numbers,
      p1: numbers,
      y2: numbers,
      p2: numbers,
      own: z.object({ D: z.number(), df: z.number(), p: z.number() }),
    }),
  ),
});

const isOne = (codes: readonly number[]) => codes.map((code) => code === 1);

describeWithReference("the curves of scikit-learn and the intervals of pROC", [FILE], () => {
  const golden = schema.parse(JSON.parse(readFileSync(reference(FILE), "utf8")));

  describe.each(golden.binary)("$name", (one) => {
    const scored = { positive: isOne(one.y), scores: one.p };

    if (one.auc === null) {
      it("has no figure, as a class has nobody", () => {
        const because = { undefinedBecause: "no-positives" };
        expect(auc(scored)).toEqual(because);
        expect(rocCurve(scored)).toEqual(because);
        expect(precisionRecallCurve(scored)).toEqual(because);
        expect(averagePrecision(scored)).toEqual(because);
        expect(youdenThreshold(scored)).toEqual(because);
        expect(aucInterval(scored)).toEqual(because);
      });
      return;
    }

    it("has the same curve, with all points and with those that bend it", () => {
      const points = defined(rocCurve(scored));
      for (const [drawn, expected] of [
        [points, one.roc_all],
        [cornersOf(points), one.roc_dropped],
      ] as const) {
        expectAllNear(
          drawn.map(({ falsePositiveRate }) => falsePositiveRate),
          expected.fpr,
          EXACT,
        );
        expectAllNear(
          drawn.map(({ truePositiveRate }) => truePositiveRate),
          expected.tpr,
          EXACT,
        );
        // Where nobody is positive scikit-learn's threshold depends on its version; ours is infinite.
        expect(drawn.map(({ threshold }) => threshold).slice(1)).toEqual(expected.thresholds.slice(1));
      }
      expect(points[0]!.threshold).toBe(Number.POSITIVE_INFINITY);
    });

    it("has the same area and precision", () => {
      expectNear(auc(scored), one.auc, EXACT);
      expectNear(averagePrecision(scored), one.average_precision, EXACT);
      const points = defined(precisionRecallCurve(scored));
      expectAllNear(
        points.map(({ precision }) => precision),
        one.pr.precision,
        EXACT,
      );
      expectAllNear(
        points.map(({ recall }) => recall),
        one.pr.recall,
        EXACT,
      );
      expect(points.map(({ threshold }) => threshold)).toEqual([...one.pr.thresholds, null]);
    });

    it("has the same best threshold, the highest of those that tie", () => {
      const best = defined(youdenThreshold(scored));
      expectNear(best.youden, one.youden.J, EXACT);
      expectNear(best.sensitivity, one.youden.sensitivity, EXACT);
      expectNear(best.specificity, one.youden.specificity, EXACT);
      expect(best.threshold).toBe(one.youden.threshold);
      expect(best.tied).toEqual(one.youden.all_thresholds_with_this_J);
    });

    it("has the same errors and intervals", () => {
      const places = defined(placements(scored));
      const variance = defined(aucCovariance(places, places));
      expectNear(variance, one.delong_variance_placement, EXACT);
      for (const [key, { ci, ci_logit }] of Object.entries(one.delong)) {
        const level = Number(key);
        const { lower, upper } = delongLimits(places.auc, variance, level);
        expectAllNear([lower, upper], ci, INTERVALS, key);
        const logit = delongLogitInterval(scored, { level });
        if (ci_logit === undefined) expect(isUndefined(logit)).toBe(true);
        else expectAllNear([defined(logit).lower, defined(logit).upper], ci_logit, INTERVALS, key);
        const shown = defined(aucInterval(scored, { level }));
        const few = Math.min(one.n_positive, one.n_negative) < 50;
        if (variance > 0 && few)
          expect(shown).toEqual({ ...defined(logit), auc: places.auc, instead: "few-people" });
        else if (variance > 0) expect(shown).toMatchObject({ lower, upper, method: "delong", instead: null });
        else expect(shown.upper - shown.lower).toBeGreaterThan(0.1);
      }
    });
  });

  describe.each(golden.multiclass)("$name", (one) => {
    const classified = { truth: one.y, probabilities: one.p };
    const expectFigure = (got: ReturnType<typeof auc>, expected: number | null) =>
      expected === null ? expect(isUndefined(got)).toBe(true) : expectNear(got, expected, EXACT);

    it("has the same areas of each class and of all", () => {
      const areas = aucOfEachClass(classified);
      expect(areas.length).toBe(one.one_vs_rest.length);
      for (const { class: code, ...expected } of one.one_vs_rest) {
        const scored = oneAgainstRest(one.y, one.p, code);
        expectFigure(areas[code]!, expected.auc);
        expectFigure(averagePrecision(scored), expected.average_precision);
        if (expected.delong_variance == null || expected.auc === null) continue;
        const places = defined(placements(scored));
        expectNear(aucCovariance(places, places), expected.delong_variance, EXACT);
        const { lower, upper } = delongLimits(places.auc, expected.delong_variance, 0.95);
        if (expected.delong_ci95 != null) expectAllNear([lower, upper], expected.delong_ci95, INTERVALS);
        const points = defined(rocCurve(scored));
        if (expected.fpr == null || expected.tpr == null) continue;
        expectAllNear(
          points.map(({ falsePositiveRate }) => falsePositiveRate),
          expected.fpr,
          EXACT,
        );
        expectAllNear(
          points.map(({ truePositiveRate }) => truePositiveRate),
          expected.tpr,
          EXACT,
        );
      }
      expectFigure(macroAuc(classified), one.auc_ovr_macro);
    });
  });

  it.each(golden.delong_paired)("two scores of the same people: $name", (one) => {
    const positive = isOne(one.y);
    const [a, b] = [one.p1, one.p2].map((scores) => defined(placements({ positive, scores })));
    expectNear(a!.auc, one.auc1, EXACT);
    expectNear(b!.auc, one.auc2, EXACT);
    const covariance = [a!, b!].map((first) =>
      [a!, b!].map((second) => defined(aucCovariance(first, second))),
    );
    for (const [i, row] of one.covariance.entries()) expectAllNear(covariance[i]!, row, EXACT);
    const test = defined(delongPaired(positive, [one.p1, one.p2]));
    expectNear(test.difference, one.difference, EXACT);
    if (one.z === null) expect(test.z).toBeNull();
    else expectNear(test.z!, one.z, INTERVALS);
    expectP(test.p, one.p_two_sided, INTERVALS);
    expectAllNear([test.lower, test.upper], one.ci95_of_difference, INTERVALS);
  });

  it.each(golden.delong_unpaired)("scores of different people: $name", (one) => {
    const test = defined(
      delongUnpaired(
        { positive: isOne(one.y1), scores: one.p1 },
        { positive: isOne(one.y2), scores: one.p2 },
      ),
    );
    expectNear(test.statistic, one.own.D, INTERVALS);
    expectNear(test.freedom, one.own.df, INTERVALS);
    expectP(test.p, one.own.p, INTERVALS);
  });

  it("reaches 1.96 errors at 95 %", () => expect(normalReach(0.95)).toBeCloseTo(1.959963984540054, 14));
});
