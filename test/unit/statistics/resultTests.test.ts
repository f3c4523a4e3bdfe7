import { describe, expect, it } from "vitest";
import { RandomGenerator } from "../../../src/network/weights/random";
import { calibrationCurve, calibrationError } from "../../../src/statistics/calibration/calibrationCurve";
import { brierScore, logLoss } from "../../../src/statistics/calibration/scores";
import { undefinedBecause } from "../../../src/statistics/figure";
import { balanceOfNumbers, balanceOfValues } from "../../../src/statistics/groups/balance";
import { kruskalWallis, oneWayAnova } from "../../../src/statistics/groups/manySamples";
import { plainCramersV, tableTest } from "../../../src/statistics/groups/tableTest";
import {
  approximateRankSum,
  exactRankSum,
  mannWhitney,
  student,
  welch,
} from "../../../src/statistics/groups/twoSamples";
import { concordance, intraclassCorrelations } from "../../../src/statistics/regression/agreement";
import { ageLine } from "../../../src/statistics/regression/brainAge";
import { pearson } from "../../../src/statistics/regression/correlation";
import { determinationOf, limitsOfAgreement, meanError } from "../../../src/statistics/regression/errors";
import { cornersOf, rocCurve } from "../../../src/statistics/roc/rocCurve";
import { countsAt, youdenThreshold } from "../../../src/statistics/roc/thresholds";
import { delongPaired, delongUnpaired } from "../../../src/statistics/tests/delong";
import { mcNemar, mcNemarOf } from "../../../src/statistics/tests/mcNemar";
import { adjustedPs } from "../../../src/statistics/tests/multipleComparisons";
import {
  labelPermutation,
  signFlipTest,
  twoSamplePermutation,
} from "../../../src/statistics/tests/permutation";
import { correctedResampledT } from "../../../src/statistics/tests/resampledT";
import {
  approximateSignedRank,
  exactSignedRank,
  wilcoxonSignedRank,
} from "../../../src/statistics/tests/wilcoxonSignedRank";
import { defined } from "../../support/expectFigure";

const random = () => {
  const generator = new RandomGenerator(8);
  return () => generator.uniform();
};
const NOBODY = undefinedBecause("no-cases");
const FEW = undefinedBecause("too-few-cases");
const LEVEL = undefinedBecause("no-variance");

describe("tests between models", () => {
  it("find nothing between models that answer alike", () => {
    expect(mcNemar(0, 0)).toMatchObject({ exact: 1, midP: 1, corrected: 1, uncorrected: 1 });
    const positive = [true, true, false, false];
    const scores = [0.9, 0.3, 0.5, 0.1];
    expect(delongPaired(positive, [scores, scores])).toMatchObject({ difference: 0, z: null, p: 1 });
    expect(wilcoxonSignedRank([0, 0])).toEqual(undefinedBecause("no-differences"));
    expect(correctedResampledT([0.1, 0.1, 0.1], { train: 9, test: 1 })).toEqual(LEVEL);
  });

  it("say where there is nobody, or too few", () => {
    expect(mcNemarOf([], [], [])).toEqual(NOBODY);
    expect(wilcoxonSignedRank([])).toEqual(NOBODY);
    expect(signFlipTest([], { random: random() })).toEqual(NOBODY);
    expect(twoSamplePermutation([], [1], { random: random() })).toEqual(NOBODY);
    expect(labelPermutation([], () => 0, { random: random() })).toEqual(NOBODY);
    expect(correctedResampledT([0.1], { train: 9, test: 1 })).toEqual(FEW);
    expect(
      delongPaired(
        [true, false],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toEqual(FEW);
    expect(
      delongPaired(
        [true, true],
        [
          [1, 0],
          [0, 1],
        ],
      ),
    ).toEqual(undefinedBecause("no-negatives"));
  });

  it("have no p for areas of 0 and 1, which vary with nobody", () => {
    const positive = [true, true, false, false];
    const [right, wrong] = [
      [0.9, 0.8, 0.2, 0.1],
      [0.1, 0.2, 0.8, 0.9],
    ];
    expect(delongPaired(positive, [right, wrong])).toEqual(LEVEL);
    expect(delongUnpaired({ positive, scores: right }, { positive, scores: wrong })).toEqual(LEVEL);
  });

  it("count a person with two equal sessions once", () => {
    const positive = [true, true, true, false, false, false];
    const scores = [
      [0.9, 0.3, 0.6, 0.5, 0.1, 0.2],
      [0.4, 0.7, 0.3, 0.5, 0.2, 0.6],
    ] as const;
    const people = ["a", "b", "c", "d", "e", "f"];
    const once = defined(delongPaired(positive, scores));
    const both = <Item>(items: readonly Item[]) => [...items, ...items];
    const doubled = defined(
      delongPaired(both(positive), [both(scores[0]), both(scores[1])], { people: both(people) }),
    );
    expect(doubled.p).toBeCloseTo(once.p, 12);
  });

  it("count all signs where they can, and come near by approximation and by chance", () => {
    const differences = Array.from({ length: 40 }, (_, i) => ((i * 7) % 13) - 5.2);
    const { p } = exactSignedRank(differences);
    expect(approximateSignedRank(differences, "wilcox", true).p / p).toBeCloseTo(1, 1);
    const exact = defined(signFlipTest(differences.slice(0, 14), { random: random() }));
    const more = defined(signFlipTest(differences.slice(0, 18), { random: random(), draws: 2000 }));
    expect([exact.exact, more.exact]).toEqual([true, false]);
    expect(more.ways).toBe(2000);
    expect(more.p).toBeGreaterThanOrEqual(1 / 2001);
  });

  it("keep p-values of several tests in their order and below 1", () => {
    expect(adjustedPs([], "holm")).toEqual([]);
    expect(adjustedPs([0.9, 0.01], "bonferroni")).toEqual([1, 0.02]);
    expect(adjustedPs([0.9, 0.01], "holm")).toEqual([0.9, 0.02]);
  });
});

describe("tests between groups", () => {
  it("are undefined where nothing varies or nobody is there", () => {
    expect(student([1], [2])).toEqual(FEW);
    expect(student([], [2, 3])).toEqual(NOBODY);
    expect(welch([1], [2, 3])).toEqual(FEW);
    expect(welch([1, 1], [2, 2])).toEqual(LEVEL);
    expect(mannWhitney([], [1])).toEqual(NOBODY);
    expect(oneWayAnova([[1, 2], []])).toEqual(NOBODY);
    expect(
      oneWayAnova([
        [1, 1],
        [2, 2],
      ]),
    ).toEqual(LEVEL);
    expect(kruskalWallis([[1, 1], [1]])).toEqual(LEVEL);
    expect(
      tableTest([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual(NOBODY);
    expect(
      tableTest([
        [3, 4],
        [0, 0],
      ]),
    ).toEqual(LEVEL);
    expect(
      plainCramersV([
        [3, 4],
        [0, 0],
      ]),
    ).toEqual(LEVEL);
  });

  it("share ranks out exactly in small groups, near to the approximation", () => {
    // All three below all three: 2 of 20 ways.
    expect(exactRankSum([1, 2, 3], [4, 5, 6])).toBe(0.1);
    const [first, second] = [
      Array.from({ length: 15 }, (_, i) => i * 1.7),
      Array.from({ length: 18 }, (_, i) => i + 4.3),
    ];
    expect(approximateRankSum(first, second) / exactRankSum(first, second)).toBeCloseTo(1, 1);
    expect(mannWhitney([1, 1, 2], [2, 3, 3])).toMatchObject({ exact: true, u: 0.5 });
  });
});

describe("regression", () => {
  it("is undefined where nothing varies", () => {
    expect(determinationOf({ truth: [70, 70], predicted: [69, 71] })).toEqual(LEVEL);
    expect(determinationOf({ truth: [], predicted: [] })).toEqual(NOBODY);
    expect(pearson([1, 2], [1, 2])).toEqual(FEW);
    expect(pearson([1, 1, 1], [1, 2, 3])).toEqual(LEVEL);
    expect(ageLine([70, 70], [60, 80])).toEqual(LEVEL);
    expect(concordance({ truth: [1, 1], predicted: [1, 1] })).toEqual(LEVEL);
    expect(intraclassCorrelations({ truth: [1, 2, 3], predicted: [1, 2, 3] })).toEqual(LEVEL);
    expect(meanError({ truth: [1], predicted: [2] })).toEqual(FEW);
  });

  it("knows no interval of a correlation of 1", () => {
    expect(pearson([1, 2, 3, 4], [2, 4, 6, 8])).toMatchObject({
      coefficient: 1,
      p: 0,
      interval: undefinedBecause("at-limit"),
    });
  });

  it("has the limits of agreement of Bland and Altman", () => {
    const { bias, deviation, lower, upper } = defined(
      limitsOfAgreement({ truth: [10, 20, 30], predicted: [11, 23, 32] }),
    );
    expect([bias, deviation]).toEqual([2, 1]);
    expect([lower, upper]).toEqual([2 - 1.96, 2 + 1.96]);
  });
});

describe("thresholds and calibration", () => {
  const scored = { positive: [true, false, true, false], scores: [0.9, 0.7, 0.7, 0.2] };

  it("take a score of the threshold itself for positive", () => {
    expect(countsAt(scored, 0.7)).toEqual({ tp: 2, fp: 1, fn: 0, tn: 1, correct: 3 });
    expect(countsAt(scored, Number.POSITIVE_INFINITY)).toMatchObject({ tp: 0, fp: 0, fn: 2, tn: 2 });
    const { threshold, tied } = defined(youdenThreshold(scored));
    expect(threshold).toBe(0.9);
    expect(tied).toEqual([0.9, 0.7]);
  });

  it("draw the same curve with fewer points", () => {
    const long = {
      positive: Array.from({ length: 200 }, (_, i) => i < 100),
      scores: Array.from({ length: 200 }, (_, i) => 200 - i),
    };
    expect(defined(rocCurve(long))).toHaveLength(201);
    expect(cornersOf(defined(rocCurve(long))).length).toBeLessThan(6);
  });

  it("have no calibration of nobody", () => {
    const none = { positive: [], scores: [] };
    expect(calibrationCurve(none, { bins: 5 })).toEqual(NOBODY);
    expect(calibrationError(none, 5)).toEqual(NOBODY);
    expect(brierScore(none)).toEqual(NOBODY);
    expect(logLoss({ truth: [], probabilities: [] })).toEqual(NOBODY);
  });
});

describe("how alike groups are", () => {
  it("is told of three groups without pairs, and where nothing is known", () => {
    const names = ["AD", "CN", "MCI"];
    const groups = ["AD", "AD", "CN", "CN", "MCI"];
    const ages = balanceOfNumbers(names, groups, [70, 74, 60, Number.NaN, Number.NaN]);
    expect(ages.pair).toBeNull();
    expect(ages.groups.map(({ known, missing }) => [known, missing])).toEqual([
      [2, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(ages.groups[1]).toMatchObject({ mean: 60, deviation: FEW, median: 60 });
    expect(ages.groups[2]).toMatchObject({ mean: NOBODY, deviation: NOBODY, median: NOBODY });
    expect(ages.anova).toEqual(NOBODY);
    const sexes = balanceOfValues(names, groups, ["F", "M", "F", "", "M"]);
    expect(sexes.table).toEqual([
      [1, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(sexes).toMatchObject({ fisher: null, values: ["F", "M"] });
    expect(
      balanceOfValues(
        names,
        groups,
        groups.map(() => ""),
      ),
    ).toMatchObject({
      values: [],
      chiSquared: NOBODY,
      smallestExpected: NOBODY,
    });
  });
});
