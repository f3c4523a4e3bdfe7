/** Tests of differences between models and between groups as scipy, statsmodels and R have them; tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { RandomGenerator } from "../../../src/network/weights/random";
import { cohensD, cramersV } from "../../../src/statistics/association";
import { kruskalWallis, oneWayAnova } from "../../../src/statistics/groups/manySamples";
import { plainCramersV, tableTest } from "../../../src/statistics/groups/tableTest";
import {
  approximateRankSum,
  exactRankSum,
  hedgesG,
  mannWhitney,
  standardisedDifference,
  student,
  welch,
} from "../../../src/statistics/groups/twoSamples";
import { fisherExact } from "../../../src/statistics/groupTests";
import { mean } from "../../../src/statistics/moments";
import { mcNemar, mcNemarOf } from "../../../src/statistics/tests/mcNemar";
import { adjustedPs, CORRECTIONS } from "../../../src/statistics/tests/multipleComparisons";
import {
  balancedAccuracyPermutation,
  labelPermutation,
  monteCarloP,
  signFlipTest,
  twoSamplePermutation,
} from "../../../src/statistics/tests/permutation";
import { correctedResampledT } from "../../../src/statistics/tests/resampledT";
import {
  approximateSignedRank,
  exactSignedRank,
  wilcoxonSignedRank,
} from "../../../src/statistics/tests/wilcoxonSignedRank";
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
const ofP = z.object({ p: z.number() });
const discordant = z.object({
  b: z.number(),
  c: z.number(),
  exact: ofP,
  corrected: ofP,
  uncorrected: ofP,
  corrected_edwards_floor0: ofP.optional(),
  mid_p: z.number(),
});
const approximation = z.object({ statistic: z.number(), p: z.number() });
const adjusted = z.object({ adjusted: numbers, "reject_0.05": z.array(z.boolean()) });
const chi = z.object({ chi2: z.number(), p: z.number(), df: z.number() });
const meanTest = z.object({ t: z.number(), df: z.number(), p: z.number(), ci95_of_difference: pair });
const schema = z.object({
  mcnemar_tables: z.array(discordant),
  mcnemar_predictions: z.array(discordant.extend({ y: numbers, prediction1: numbers, prediction2: numbers })),
  nadeau_bengio: z.array(
    z.object({
      score1: numbers,
      score2: numbers,
      n_train: z.number(),
      n_test: z.number(),
      mean_difference: z.number(),
      df: z.number(),
      t: z.number(),
      p_two_sided: z.number(),
      p_one_sided_greater: z.number(),
      ci95: pair,
    }),
  ),
  wilcoxon_signed_rank: z.array(
    z.object({
      name: z.string(),
      differences: numbers,
      W_plus: z.number(),
      W_minus: z.number(),
      n_nonzero: z.number(),
      "exact_two-sided": ofP.optional(),
      exact_greater: ofP.optional(),
      exact_less: ofP.optional(),
      exact_conditional_two_sided: z.number().optional(),
      approx_wilcox_plain: approximation,
      approx_wilcox_corrected: approximation,
      approx_pratt_plain: approximation,
      approx_pratt_corrected: approximation,
      approx_zsplit_plain: approximation,
      approx_zsplit_corrected: approximation,
    }),
  ),
  permutation: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        kind: z.literal("paired_sign_flip_mean"),
        differences: numbers,
        statistic: z.number(),
        m: z.number(),
        b_two_sided: z.number(),
        p_two_sided: z.number(),
        p_greater: z.number(),
      }),
      z.object({
        kind: z.literal("two_sample_difference_of_means"),
        x: numbers,
        y: numbers,
        statistic: z.number(),
        m: z.number(),
        b_two_sided: z.number(),
        p_two_sided: z.number(),
        p_greater: z.number(),
      }),
      z.object({
        kind: z.literal("label_permutation_balanced_accuracy"),
        tp: z.number(),
        fn: z.number(),
        fp: z.number(),
        tn: z.number(),
        p_greater_exact_hypergeometric: z.number(),
      }),
      z.object({
        kind: z.literal("monte_carlo_count"),
        cases: z.array(z.object({ b: z.number(), m: z.number(), p: z.number() })),
      }),
    ]),
  ),
  multiple_comparisons: z.array(
    z.object({ p: numbers, bonferroni: adjusted, holm: adjusted, fdr_bh: adjusted, fdr_by: adjusted }),
  ),
  contingency: z.array(
    z.object({
      table: z.array(numbers),
      yates: chi,
      plain: chi,
      cramers_v: z.number(),
      cramers_v_bias_corrected: z.number(),
      fisher_exact: z.object({ p_two_sided: z.number() }).optional(),
    }),
  ),
  two_samples: z.array(
    z.union([
      z.object({
        name: z.string(),
        x: numbers,
        y: numbers,
        student: meanTest,
        welch: meanTest,
        cohens_d_pooled: z.number(),
        hedges_g_exact: z.number(),
        standardised_mean_difference: z.number(),
        mann_whitney: z.object({
          U: z.number(),
          p_asymptotic_corrected: z.number(),
          p_exact: z.number().optional(),
        }),
      }),
      z.object({ name: z.string(), x: numbers, y: numbers, undefined: z.string() }),
    ]),
  ),
  k_samples: z.array(
    z.object({
      groups: z.array(numbers),
      anova: z.object({ F: z.number(), df: pair, p: z.number(), eta_squared: z.number() }),
      kruskal: z.object({ H: z.number(), df: z.number(), p: z.number() }),
    }),
  ),
});

describeWithReference("the tests of scipy, statsmodels and R", [FILE], () => {
  const golden = schema.parse(JSON.parse(readFileSync(reference(FILE), "utf8")));
  const generator = (seed: number) => {
    const random = new RandomGenerator(seed);
    return () => random.uniform();
  };

  it.each([...golden.mcnemar_tables, ...golden.mcnemar_predictions])("McNemar: $b and $c", (one) => {
    const test = mcNemar(one.b, one.c);
    expectP(test.exact, one.exact.p, T, "exact");
    expectP(test.midP, one.mid_p, T, "mid-p");
    expectP(test.corrected, (one.corrected_edwards_floor0 ?? one.corrected).p, T, "corrected");
    expectP(test.uncorrected, one.uncorrected.p, T, "uncorrected");
  });

  it.each(golden.mcnemar_predictions)("McNemar of predictions: $b and $c", (one) => {
    const test = defined(mcNemarOf(one.y, one.prediction1, one.prediction2));
    expect(test).toEqual(mcNemar(one.b, one.c));
  });

  it.each(golden.nadeau_bengio)("Nadeau and Bengio: $n_train and $n_test", (one) => {
    const differences = one.score1.map((score, i) => score - one.score2[i]!);
    const test = defined(correctedResampledT(differences, { train: one.n_train, test: one.n_test }));
    expectNear(test.difference, one.mean_difference, T);
    expectNear(test.t, one.t, T);
    expect(test.freedom).toBe(one.df);
    expectP(test.p, one.p_two_sided, T);
    expectP(test.pGreater, one.p_one_sided_greater, T);
    expectStudentInterval(test, one.ci95, T);
  });

  it.each(golden.wilcoxon_signed_rank)("Wilcoxon: $name", (one) => {
    const test = defined(wilcoxonSignedRank(one.differences));
    expectAllNear([test.above, test.below, test.count], [one.W_plus, one.W_minus, one.n_nonzero], T);
    const exact = exactSignedRank(one.differences.filter((difference) => difference !== 0));
    expect(test.p).toBe(exact.p);
    const twoSided = one["exact_two-sided"]?.p ?? one.exact_conditional_two_sided;
    if (twoSided !== undefined) expectP(exact.p, twoSided, T, "exact");
    if (one.exact_greater !== undefined) expectP(exact.pGreater, one.exact_greater.p, T, "greater");
    if (one.exact_less !== undefined) expectP(exact.pLess, one.exact_less.p, T, "less");
    for (const zeros of ["wilcox", "pratt", "zsplit"] as const) {
      for (const correction of ["plain", "corrected"] as const) {
        const expected = one[`approx_${zeros}_${correction}`];
        const found = approximateSignedRank(one.differences, zeros, correction === "corrected");
        expectNear(found.statistic, expected.statistic, T, zeros);
        expectP(found.p, expected.p, T, `${zeros} ${correction}`);
      }
    }
  });

  it.each(golden.permutation)("permutation: $kind", (one) => {
    switch (one.kind) {
      case "paired_sign_flip_mean":
      case "two_sample_difference_of_means": {
        const run = (limits: { draws?: number; random: () => number }) =>
          defined(
            one.kind === "paired_sign_flip_mean"
              ? signFlipTest(one.differences, limits)
              : twoSamplePermutation(one.x, one.y, limits),
          );
        const test = run({ random: generator(1) });
        expectNear(test.statistic, one.statistic, T);
        expect(test).toMatchObject({ ways: one.m, asFar: one.b_two_sided, exact: true });
        expectP(test.p, one.p_two_sided, T);
        expectP(test.pGreater, one.p_greater, T);
        break;
      }
      case "label_permutation_balanced_accuracy": {
        const exact = defined(balancedAccuracyPermutation({ ...one, correct: one.tp + one.tn }));
        expectP(exact, one.p_greater_exact_hypergeometric, T);
        // Random labels come near: three standard errors.
        const truth = [...Array(one.tp + one.fn).fill(1), ...Array(one.fp + one.tn).fill(0)] as number[];
        const answers = [one.tp, one.fn, one.fp, one.tn].flatMap(
          (count, i) => Array(count).fill(1 - (i % 2)) as number[],
        );
        const accuracy = (labels: readonly number[]) =>
          mean(
            [0, 1].map((code) =>
              mean(labels.flatMap((label, i) => (label === code ? [answers[i] === code ? 1 : 0] : []))),
            ),
          );
        const draws = 4000;
        const random = defined(labelPermutation(truth, accuracy, { random: generator(3), draws }));
        expect(Math.abs(random.p - exact)).toBeLessThan(
          3 * Math.sqrt((exact * (1 - exact)) / draws) + 1 / draws,
        );
        break;
      }
      case "monte_carlo_count":
        for (const { b, m, p } of one.cases) expect(monteCarloP(b, m)).toBe(p);
    }
  });

  it.each(golden.multiple_comparisons)("several tests: $p", (one) => {
    const expected = [one.bonferroni, one.holm, one.fdr_bh, one.fdr_by];
    for (const [i, correction] of CORRECTIONS.entries()) {
      const found = adjustedPs(one.p, correction);
      for (const [at, p] of expected[i]!.adjusted.entries()) expectP(found[at]!, p, T, correction);
      expect(
        found.map((p) => p <= 0.05),
        correction,
      ).toEqual(expected[i]!["reject_0.05"]);
    }
  });

  it.each(golden.contingency)("table: $table", (one) => {
    for (const [test, expected] of [
      [tableTest(one.table), one.plain],
      [tableTest(one.table, true), one.yates],
    ] as const) {
      const found = defined(test);
      expectNear(found.statistic, expected.chi2, T);
      expect(found.freedom).toBe(expected.df);
      expectP(found.p, expected.p, T);
    }
    expectNear(plainCramersV(one.table), one.cramers_v, T);
    expectNear(cramersV(one.table)!, one.cramers_v_bias_corrected, T);
    if (one.fisher_exact === undefined) return;
    const [[a, b], [c, d]] = one.table as [[number, number], [number, number]];
    expectP(
      fisherExact([
        [a, b],
        [c, d],
      ])!,
      one.fisher_exact.p_two_sided,
      T,
    );
  });

  it.each(golden.two_samples)("two groups: $name", (one) => {
    const { x, y } = one;
    if ("undefined" in one) {
      const because = { undefinedBecause: "no-variance" };
      for (const found of [
        student(x, y),
        welch(x, y),
        hedgesG(x, y),
        standardisedDifference(x, y),
        mannWhitney(x, y),
      ]) {
        expect(found).toEqual(because);
      }
      expect(cohensD(x, y)).toBeNull();
      return;
    }
    for (const [test, expected] of [
      [student(x, y), one.student],
      [welch(x, y), one.welch],
    ] as const) {
      const found = defined(test);
      expectAllNear([found.t, found.freedom], [expected.t, expected.df], T);
      expectP(found.p, expected.p, T);
      expectStudentInterval(found, expected.ci95_of_difference, T);
    }
    expectNear(cohensD(x, y)!, one.cohens_d_pooled, T);
    expectNear(hedgesG(x, y), one.hedges_g_exact, T);
    expectNear(standardisedDifference(x, y), one.standardised_mean_difference, T);
    expectNear(defined(mannWhitney(x, y)).u, one.mann_whitney.U, T);
    expectP(approximateRankSum(x, y), one.mann_whitney.p_asymptotic_corrected, T);
    if (one.mann_whitney.p_exact !== undefined) expectP(exactRankSum(x, y), one.mann_whitney.p_exact, T);
  });

  it.each(golden.k_samples)("several groups", (one) => {
    const anova = defined(oneWayAnova(one.groups));
    expectAllNear(
      [anova.f, ...anova.freedom, anova.etaSquared],
      [one.anova.F, ...one.anova.df, one.anova.eta_squared],
      T,
    );
    expectP(anova.p, one.anova.p, T);
    const kruskal = defined(kruskalWallis(one.groups));
    expectAllNear([kruskal.h, kruskal.freedom], [one.kruskal.H, one.kruskal.df], T);
    expectP(kruskal.p, one.kruskal.p, T);
  });
});
