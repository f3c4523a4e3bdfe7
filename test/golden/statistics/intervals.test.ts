/** Intervals of shares and of balanced accuracy as statsmodels and R have them; tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Figure, isUndefined } from "../../../src/statistics/figure";
import {
  balancedAccuracy,
  bayesianBalancedAccuracy,
  logitBalancedAccuracy,
  moverWilson,
  normalBalancedAccuracy,
  posterior,
} from "../../../src/statistics/intervals/balancedAccuracy";
import type { Interval } from "../../../src/statistics/intervals/interval";
import { clopperPearson, wilson } from "../../../src/statistics/intervals/proportion";
import { defined, expectAllNear, expectNear } from "../../support/expectFigure";
import { describeWithReference, reference } from "../../support/reference";

const FILE = "golden/i_intervals.json";
const TOLERANCE = 1e-9;
const BAYESIAN = 1e-7;
const BAYESIAN_MULTICLASS = 1e-6;

const pair = z.tuple([z.number(), z.number()]);
const ofTwo = z.object({
  normal: pair,
  logit: pair.nullable(),
  mover_wilson: pair,
  sensitivity_wilson: pair,
  specificity_wilson: pair,
  sensitivity_clopper_pearson: pair,
  specificity_clopper_pearson: pair,
  ppv_wilson: pair.nullable(),
  npv_wilson: pair.nullable(),
  bayesian: pair,
});
const ofMany = z.object({ normal: pair, mover_wilson: pair, bayesian: pair });
const levels = { "ci_0.9": 0.9, "ci_0.95": 0.95, "ci_0.99": 0.99 } as const;
const schema = z.object({
  proportions: z.array(
    z.object({
      k: z.number(),
      n: z.number(),
      confidence: z.number(),
      wilson: pair,
      clopper_pearson: pair,
    }),
  ),
  balanced_accuracy: z.array(
    z.object({
      tp: z.number(),
      fn: z.number(),
      tn: z.number(),
      fp: z.number(),
      balanced_accuracy: z.number(),
      "ci_0.9": ofTwo,
      "ci_0.95": ofTwo,
      "ci_0.99": ofTwo,
      bayesian_posterior: z.object({
        mean: z.number(),
        median: z.number(),
        p_above_half: z.number(),
        pdf: z.array(pair),
        cdf: z.array(pair),
      }),
    }),
  ),
  balanced_accuracy_multiclass: z.array(
    z.object({
      correct: z.array(z.number()),
      n: z.array(z.number()),
      balanced_accuracy: z.number(),
      bayesian_mean: z.number(),
      bayesian_median: z.number(),
      "ci_0.9": ofMany,
      "ci_0.95": ofMany,
      "ci_0.99": ofMany,
    }),
  ),
});

function expectLimits(
  got: Figure<Interval>,
  expected: readonly [number, number] | null,
  tolerance: number,
  name: string,
) {
  if (expected === null) return expect(isUndefined(got), name).toBe(true);
  const { lower, upper } = defined(got);
  return expectAllNear([lower, upper], expected, tolerance, name);
}

describeWithReference("the intervals of statsmodels", [FILE], () => {
  const golden = schema.parse(JSON.parse(readFileSync(reference(FILE), "utf8")));

  it.each(golden.proportions)("of a share: $k of $n at $confidence", (one) => {
    const share = { count: one.k, of: one.n };
    expectLimits(wilson(share, one.confidence), one.wilson, TOLERANCE, "Wilson");
    expectLimits(clopperPearson(share, one.confidence), one.clopper_pearson, TOLERANCE, "Clopper-Pearson");
    if (one.k === 0) expect(defined(wilson(share)).lower).toBe(0);
    if (one.k === one.n) expect(defined(wilson(share)).upper).toBe(1);
  });

  describe.each(golden.balanced_accuracy)("of balanced accuracy: $tp $fn $tn $fp", (one) => {
    const { tp, fn, tn, fp } = one;
    const [sensitivity, specificity] = [
      { count: tp, of: tp + fn },
      { count: tn, of: tn + fp },
    ];
    const recalls = [sensitivity, specificity];

    it("by formula", () => {
      expectNear(balancedAccuracy(recalls), one.balanced_accuracy, TOLERANCE);
      for (const [key, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
        const expected = one[key];
        expectLimits(normalBalancedAccuracy(recalls, level), expected.normal, TOLERANCE, "normal");
        expectLimits(logitBalancedAccuracy(recalls, level), expected.logit, TOLERANCE, "logit");
        expectLimits(moverWilson(recalls, level), expected.mover_wilson, TOLERANCE, "MOVER");
        expectLimits(wilson(sensitivity, level), expected.sensitivity_wilson, TOLERANCE, "sensitivity");
        expectLimits(wilson(specificity, level), expected.specificity_wilson, TOLERANCE, "specificity");
        expectLimits(
          clopperPearson(sensitivity, level),
          expected.sensitivity_clopper_pearson,
          TOLERANCE,
          "exact sensitivity",
        );
        expectLimits(
          clopperPearson(specificity, level),
          expected.specificity_clopper_pearson,
          TOLERANCE,
          "exact specificity",
        );
        expectLimits(wilson({ count: tp, of: tp + fp }, level), expected.ppv_wilson, TOLERANCE, "PPV");
        expectLimits(wilson({ count: tn, of: tn + fn }, level), expected.npv_wilson, TOLERANCE, "NPV");
      }
    });

    it("of the posterior", () => {
      const { mean, median, p_above_half, pdf, cdf } = one.bayesian_posterior;
      for (const [key, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
        expectLimits(bayesianBalancedAccuracy(recalls, level), one[key].bayesian, BAYESIAN, key);
      }
      const interval = defined(bayesianBalancedAccuracy(recalls));
      expectAllNear(
        [interval.mean, interval.median, interval.aboveChance],
        [mean, median, p_above_half],
        BAYESIAN,
      );
      const law = posterior(recalls);
      for (const [x, density] of pdf) expectNear(law.density(x), density, BAYESIAN, `density at ${x}`);
      for (const [x, below] of cdf) expectNear(law.below(x), below, BAYESIAN, `below ${x}`);
    });
  });

  it.each(golden.balanced_accuracy_multiclass)("of balanced accuracy: $correct of $n", (one) => {
    const recalls = one.correct.map((count, i) => ({ count, of: one.n[i]! }));
    expectNear(balancedAccuracy(recalls), one.balanced_accuracy, TOLERANCE);
    for (const [key, level] of Object.entries(levels) as [keyof typeof levels, number][]) {
      const expected = one[key];
      expectLimits(normalBalancedAccuracy(recalls, level), expected.normal, TOLERANCE, "normal");
      expectLimits(moverWilson(recalls, level), expected.mover_wilson, TOLERANCE, "MOVER");
      expectLimits(
        bayesianBalancedAccuracy(recalls, level),
        expected.bayesian,
        BAYESIAN_MULTICLASS,
        "posterior",
      );
    }
    const { mean, median } = defined(bayesianBalancedAccuracy(recalls));
    expectAllNear([mean, median], [one.bayesian_mean, one.bayesian_median], BAYESIAN_MULTICLASS);
  });
});
