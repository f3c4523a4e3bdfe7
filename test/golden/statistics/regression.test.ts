/** Errors, correlation and agreement of values as scipy, scikit-learn and psych have them, and ages corrected by the stated formulas. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { RandomGenerator } from "../../../src/network/weights/random";
import { isUndefined } from "../../../src/statistics/figure";
import { bootstrap, clustersOf } from "../../../src/statistics/intervals/bootstrap";
import { mean } from "../../../src/statistics/moments";
import {
  concordance,
  type IntraclassCorrelation,
  intraclassCorrelations,
} from "../../../src/statistics/regression/agreement";
import { ageLine, beheshtiGaps, coleCorrected } from "../../../src/statistics/regression/brainAge";
import { pearson, spearman } from "../../../src/statistics/regression/correlation";
import {
  determinationOf,
  meanAbsoluteErrorInterval,
  meanError,
  rootMeanSquaredErrorInterval,
} from "../../../src/statistics/regression/errors";
import {
  defined,
  expectAllNear,
  expectNear,
  expectP,
  expectStudentInterval,
} from "../../support/expectFigure";
import { describeWithReference, reference } from "../../support/reference";

const FILE = "golden/i_tests.json";
const T = 1e-10;

const numbers = z.array(z.number());
const pair = z.tuple([z.number(), z.number()]);
const icc = z.object({ value: z.number(), F: z.number(), df: pair, p: z.number(), ci95: pair });
const corrected = z.object({
  slope: z.number(),
  intercept: z.number(),
  corrected: numbers,
  after: z.object({ mae: z.number(), mean_delta: z.number(), r_delta_age: z.number(), r_age: z.number() }),
});
const schema = z.object({
  regression: z.array(
    z.object({
      name: z.string(),
      y: numbers,
      prediction: numbers,
      me: z.number(),
      mae: z.number(),
      rmse: z.number(),
      r2: z.number(),
      mae_ci95_t: pair,
      rmse_ci95_t_of_squares: pair,
      bootstrap_percentile_20000_loose: z.object({ mae: pair, rmse: pair, r2: pair.optional() }),
      pearson: z.object({ r: z.number(), p: z.number(), ci95_fisher: pair }).nullable(),
      spearman: z
        .object({
          rho: z.number(),
          p_t_approximation: z.number(),
          ci95_bonett_wright: pair,
          "ci95_fieller_1.06": pair,
        })
        .nullable(),
      lin_ccc: z.number().optional(),
      icc: z.object({ icc_1_1: icc, icc_3_1_consistency: icc, icc_2_1_agreement: icc }).optional(),
    }),
  ),
  brain_age: z.array(
    z.object({
      fit_age: numbers,
      fit_prediction: numbers,
      test_age: numbers,
      test_prediction: numbers,
      cole: corrected,
      beheshti: corrected.extend({ offset: numbers }),
    }),
  ),
});

describeWithReference("the regression figures of scipy, scikit-learn and psych", [FILE], () => {
  const golden = schema.parse(JSON.parse(readFileSync(reference(FILE), "utf8")));

  describe.each(golden.regression)("$name", (one) => {
    const values = { truth: one.y, predicted: one.prediction };

    it("errors", () => {
      expectNear(defined(meanError(values)).mean, one.me, T);
      const absolute = defined(meanAbsoluteErrorInterval(values));
      expectStudentInterval(absolute, one.mae_ci95_t, T);
      expectNear(absolute.mean, one.mae, T);
      const root = defined(rootMeanSquaredErrorInterval(values));
      // A root of Student's interval: that itself, squared.
      const square = ([lower, upper]: readonly [number, number]) => [lower ** 2, upper ** 2] as const;
      const [below, above] = square([root.lower, root.upper]);
      expectStudentInterval({ lower: below, upper: above }, square(one.rmse_ci95_t_of_squares), T);
      expectNear(root.value, one.rmse, T);
      expectNear(determinationOf(values), one.r2, T);
    });

    it("bootstrap comes near, within 5 % of the width", () => {
      const random = new RandomGenerator(5);
      const people = one.y.map((_, i) => String(i));
      const errors = one.y.map((value, i) => Math.abs(one.prediction[i]! - value));
      const found = bootstrap({
        clusters: clustersOf(
          people,
          people.map(() => "all"),
        ),
        statistic: (rows) => ({ mae: mean(rows.map((row) => errors[row]!)) }),
        random: () => random.uniform(),
        resamples: 10_000,
      });
      const [lower, upper] = one.bootstrap_percentile_20000_loose.mae;
      const { lower: below, upper: above } = defined(found.mae);
      expect(Math.abs(below - lower)).toBeLessThan(0.05 * (upper - lower));
      expect(Math.abs(above - upper)).toBeLessThan(0.05 * (upper - lower));
    });

    it("correlation", () => {
      const ofValues = pearson(one.y, one.prediction);
      const ofRanks = spearman(one.y, one.prediction);
      if (one.pearson === null || one.spearman === null) {
        expect(ofValues).toEqual({ undefinedBecause: "no-variance" });
        expect(ofRanks).toEqual({ undefinedBecause: "no-variance" });
        return;
      }
      const limits = (of: typeof ofValues) => {
        const { lower, upper } = defined(defined(of).interval);
        return [lower, upper];
      };
      expectNear(defined(ofValues).coefficient, one.pearson.r, T);
      expectP(defined(ofValues).p, one.pearson.p, T);
      expectAllNear(limits(ofValues), one.pearson.ci95_fisher, T);
      expectNear(defined(ofRanks).coefficient, one.spearman.rho, T);
      expectP(defined(ofRanks).p, one.spearman.p_t_approximation, T);
      expectAllNear(limits(ofRanks), one.spearman.ci95_bonett_wright, T);
      const fieller = spearman(one.y, one.prediction, 0.95, "fieller");
      expectAllNear(limits(fieller), one.spearman["ci95_fieller_1.06"], T);
    });

    it("agreement", () => {
      if (one.lin_ccc !== undefined) expectNear(concordance(values), one.lin_ccc, T);
      const found = intraclassCorrelations(values);
      if (one.icc === undefined) return;
      const expectIcc = (got: IntraclassCorrelation, expected: z.infer<typeof icc>) => {
        expectAllNear([got.value, got.f], [expected.value, expected.F], T);
        expect(got.freedom).toEqual(expected.df);
        expectP(got.p, expected.p, T);
        expectAllNear([got.lower, got.upper], expected.ci95, T);
      };
      expectIcc(defined(found).oneWay, one.icc.icc_1_1);
      expectIcc(defined(found).consistency, one.icc.icc_3_1_consistency);
      expectIcc(defined(found).agreement, one.icc.icc_2_1_agreement);
    });
  });

  it.each(golden.brain_age)("corrected ages", (one) => {
    const line = defined(ageLine(one.fit_age, one.fit_prediction));
    expectAllNear([line.slope, line.intercept], [one.cole.slope, one.cole.intercept], T);
    const cole = defined(coleCorrected(one.test_prediction, line));
    expectAllNear(cole, one.cole.corrected, T);
    const accuracy = defined(meanAbsoluteErrorInterval({ truth: one.test_age, predicted: cole }));
    expectNear(accuracy.mean, one.cole.after.mae, T);
    const gaps = beheshtiGaps(one.test_prediction, one.test_age, line);
    expectAllNear(
      gaps,
      one.beheshti.corrected.map((age, i) => age - one.test_age[i]!),
      T,
    );
    for (const [delta, after] of [
      [cole.map((age, i) => age - one.test_age[i]!), one.cole.after],
      [gaps, one.beheshti.after],
    ] as const) {
      expectNear(mean(delta), after.mean_delta, T);
      expectNear(defined(pearson(delta, one.test_age)).coefficient, after.r_delta_age, T);
    }
    expect(isUndefined(coleCorrected(one.test_prediction, { slope: 0, intercept: 50 }))).toBe(true);
  });
});
