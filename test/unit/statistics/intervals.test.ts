import { describe, expect, it } from "vitest";
import { RandomGenerator } from "../../../src/network/weights/random";
import { normalReach } from "../../../src/statistics/distributions";
import { undefinedBecause } from "../../../src/statistics/figure";
import { aucInterval, delongLimits, newcombeLimits } from "../../../src/statistics/intervals/auc";
import {
  balancedAccuracy,
  bayesianBalancedAccuracy,
  logitBalancedAccuracy,
  moverWilson,
  normalBalancedAccuracy,
} from "../../../src/statistics/intervals/balancedAccuracy";
import { bootstrap, clustersOf } from "../../../src/statistics/intervals/bootstrap";
import { meanInterval, NOT_NEGATIVE } from "../../../src/statistics/intervals/mean";
import { clopperPearson, shareOf, wilson } from "../../../src/statistics/intervals/proportion";
import { mean } from "../../../src/statistics/moments";
import { auc } from "../../../src/statistics/roc/auc";
import { aucCovariance, placements } from "../../../src/statistics/roc/placements";
import type { Scored } from "../../../src/statistics/roc/scored";
import { defined } from "../../support/expectFigure";

const uniform = (seed: number) => {
  const random = new RandomGenerator(seed);
  return () => random.uniform();
};

/** Scores of two normal distributions `apart` standard deviations. */
function drawn(random: RandomGenerator, cases: number, controls: number, apart: number) {
  const positive = [...Array(cases).fill(true), ...Array(controls).fill(false)] as boolean[];
  return { positive, scores: positive.map((is) => random.normal() + (is ? apart : 0)) };
}

const twice = <Item>(items: readonly Item[]) => [...items, ...items];

describe("the interval of an AUC", () => {
  const perfect = { positive: [true, true, true, false, false], scores: [0.9, 0.8, 0.7, 0.3, 0.2] };

  it("is Newcombe's, and says so, where DeLong's has no width", () => {
    const found = defined(aucInterval(perfect));
    expect(found).toMatchObject({ auc: 1, upper: 1, method: "newcombe-score", instead: "auc-at-limit" });
    expect(found.lower).toBeLessThan(0.7);
    const inverted = { ...perfect, positive: perfect.positive.map((is) => !is) };
    const below = defined(aucInterval(inverted));
    expect(below).toMatchObject({ auc: 0, lower: 0, instead: "auc-at-limit" });
    expect(below.upper).toBeCloseTo(1 - found.lower, 12);
    const constant = { ...perfect, scores: perfect.scores.map(() => 0.5) };
    expect(aucInterval(constant)).toMatchObject({ auc: 0.5, instead: "no-variance" });
    const single = { positive: [true, false, false], scores: [0.5, 0.6, 0.1] };
    expect(aucInterval(single)).toMatchObject({ auc: 0.5, instead: "one-person" });
  });

  it("does not exist where a class has nobody", () => {
    expect(aucInterval({ positive: [true], scores: [1] })).toEqual(undefinedBecause("no-negatives"));
    expect(aucInterval({ positive: [false], scores: [1] })).toEqual(undefinedBecause("no-positives"));
    expect(aucInterval({ positive: [], scores: [] })).toEqual(undefinedBecause("no-cases"));
  });

  it("of Newcombe is Wilson's with one person a class, and ends where the score equation says", () => {
    const { lower, upper } = newcombeLimits(0.4, 1, 1, 0.95);
    const share = defined(wilson({ count: 0.4, of: 1 }));
    expect(lower).toBeCloseTo(share.lower, 12);
    expect(upper).toBeCloseTo(share.upper, 12);
    const limits = newcombeLimits(0.8, 12, 30, 0.9);
    for (const area of [limits.lower, limits.upper]) {
      const shape = 1 + 20 * ((1 - area) / (2 - area) + area / (1 + area));
      const variance = (area * (1 - area) * shape) / 360;
      expect(Math.abs(0.8 - area)).toBeCloseTo(normalReach(0.9) * Math.sqrt(variance), 10);
    }
  });

  it("holds the true area about as often as it says: DeLong's of a hundred people, Newcombe's of twelve", () => {
    const random = new RandomGenerator(11);
    type Limits = (study: Scored) => { readonly lower: number; readonly upper: number };
    const held = (people: number, apart: number, area: number, limitsOf: Limits) => {
      const studies = Array.from({ length: 600 }, () => limitsOf(drawn(random, people, people, apart)));
      return studies.filter(({ lower, upper }) => lower <= area && area <= upper).length / studies.length;
    };
    // Two normal distributions d deviations apart have the area that the normal distribution has below d / sqrt(2).
    expect(held(50, 0.9539, 0.75, (study) => defined(aucInterval(study)))).toBeGreaterThan(0.92);
    const newcombe: Limits = (study) => newcombeLimits(defined(auc(study)), 6, 6, 0.95);
    expect(held(6, 1.8124, 0.9, newcombe)).toBeGreaterThan(0.94);
  });

  it("is DeLong's from fifty people of each class on, and its logit form below, which holds the area of few people", () => {
    const random = new RandomGenerator(17);
    const methodOf = (cases: number, controls: number) =>
      defined(aucInterval(drawn(random, cases, controls, 1))).method;
    expect(methodOf(50, 50)).toBe("delong");
    expect(methodOf(49, 200)).toBe("delong-logit");
    expect(methodOf(200, 49)).toBe("delong-logit");
    // People count, not their sessions.
    const sessions = drawn(random, 60, 60, 1);
    const people = sessions.scores.map((_, i) => `sub-${Math.floor(i / 2)}`);
    expect(defined(aucInterval(sessions, { people })).method).toBe("delong-logit");
    const studies = Array.from({ length: 600 }, () => drawn(random, 10, 10, 1.8124));
    const held = (limits: readonly { readonly lower: number; readonly upper: number }[]) =>
      limits.filter(({ lower, upper }) => lower <= 0.9 && 0.9 <= upper).length / studies.length;
    expect(held(studies.map((study) => defined(aucInterval(study))))).toBeGreaterThan(0.94);
    const own = studies.map((study) => {
      const places = defined(placements(study));
      return delongLimits(places.auc, defined(aucCovariance(places, places)), 0.95);
    });
    expect(held(own)).toBeLessThan(0.9);
  });

  it("of five thousand people is that of all pairs compared one by one", () => {
    const random = new RandomGenerator(13);
    const scored = drawn(random, 2000, 3000, 1);
    // Rounded, so that there are ties.
    const scores = scored.scores.map((score) => Math.round(score * 50) / 50);
    const [cases, controls] = [scores.slice(0, 2000), scores.slice(2000)];
    const wins = (one: number, other: number) => (one > other ? 1 : one === other ? 0.5 : 0);
    const ofCases = cases.map((score) => mean(controls.map((other) => wins(score, other))));
    const ofControls = controls.map((score) => mean(cases.map((other) => wins(other, score))));
    const area = mean(ofCases);
    const variance = (places: readonly number[]) =>
      mean(places.map((place) => (place - area) ** 2)) / (places.length - 1);
    const error = Math.sqrt(variance(ofCases) + variance(ofControls));
    const found = defined(aucInterval({ positive: scored.positive, scores }));
    expect(found.auc).toBeCloseTo(area, 12);
    expect(found.lower).toBeCloseTo(area - normalReach(0.95) * error, 10);
    expect(found.upper).toBeCloseTo(area + normalReach(0.95) * error, 10);
  });

  it("counts a person with two equal sessions once", () => {
    const scored = drawn(new RandomGenerator(3), 9, 14, 1);
    const people = scored.scores.map((_, i) => `sub-${i}`);
    const doubled = { positive: twice(scored.positive), scores: twice(scored.scores) };
    const once = defined(aucInterval(scored));
    expect(once).toMatchObject({ method: "delong-logit", instead: "few-people" });
    const clustered = defined(aucInterval(doubled, { people: twice(people) }));
    expect(clustered.lower).toBeCloseTo(once.lower, 12);
    expect(clustered.upper).toBeCloseTo(once.upper, 12);
    const naive = defined(aucInterval(doubled));
    expect(naive.upper - naive.lower).toBeLessThan(once.upper - once.lower);
    expect(aucInterval(scored, { people })).toEqual(once);
  });

  it("of people with sessions in both classes has the variance that resampling them finds", () => {
    const random = new RandomGenerator(21);
    // 60 people, two sessions each: the second of every other one is of the other class.
    const people = twice(Array.from({ length: 60 }, (_, i) => `sub-${i}`));
    const habits = Array.from({ length: 60 }, () => random.normal());
    const positive = people.map((_, row) => (row < 60 ? row % 2 === 0 : row % 4 < 2));
    const scores = people.map((_, row) => habits[row % 60]! + random.normal() + (positive[row] ? 1 : 0));
    const places = defined(placements({ positive, scores }, people));
    const error = Math.sqrt(defined(aucCovariance(places, places)));
    const found = bootstrap({
      clusters: clustersOf(
        people,
        people.map(() => "all"),
      ),
      statistic: (rows) => ({
        auc: auc({ positive: rows.map((row) => positive[row]!), scores: rows.map((row) => scores[row]!) }),
      }),
      random: uniform(4),
      resamples: 3000,
    });
    expect(defined(found.auc).standardError / error).toBeGreaterThan(0.93);
    expect(defined(found.auc).standardError / error).toBeLessThan(1.07);
  });
});

describe("the interval of a share", () => {
  it("does not exist of nobody, and has a width where all or none are counted", () => {
    expect(shareOf({ count: 0, of: 0 })).toEqual(undefinedBecause("no-cases"));
    expect(wilson({ count: 0, of: 0 })).toEqual(undefinedBecause("no-cases"));
    expect(clopperPearson({ count: 0, of: 0 })).toEqual(undefinedBecause("no-cases"));
    expect(wilson({ count: 16, of: 16 })).toMatchObject({ upper: 1 });
    expect(defined(wilson({ count: 16, of: 16 })).lower).toBeCloseTo(0.806, 3);
  });
});

describe("balanced accuracy", () => {
  it("says which class has nobody", () => {
    const nobody = { count: 0, of: 0 };
    const some = { count: 2, of: 3 };
    for (const figure of [
      balancedAccuracy,
      moverWilson,
      normalBalancedAccuracy,
      logitBalancedAccuracy,
      bayesianBalancedAccuracy,
    ]) {
      expect(figure([nobody, some])).toEqual(undefinedBecause("no-positives"));
      expect(figure([some, nobody])).toEqual(undefinedBecause("no-negatives"));
      expect(figure([some, some, nobody])).toEqual(undefinedBecause("class-without-cases"));
      expect(figure([])).toEqual(undefinedBecause("no-cases"));
    }
  });

  it("has an interval with a width where nobody was taken for a wrong class", () => {
    const recalls = [
      { count: 8, of: 8 },
      { count: 8, of: 8 },
    ];
    expect(moverWilson(recalls)).toMatchObject({ upper: 1 });
    expect(defined(moverWilson(recalls)).lower).toBeLessThan(0.8);
    expect(logitBalancedAccuracy(recalls)).toEqual(undefinedBecause("at-limit"));
  });
});

describe("the interval of a mean", () => {
  it("counts people, and needs two", () => {
    const values = [1, 4, 2, 8, 5];
    const people = ["a", "b", "c", "d", "e"];
    const once = defined(meanInterval(values));
    const doubled = defined(meanInterval(twice(values), { people: twice(people) }));
    expect(doubled.lower).toBeCloseTo(once.lower, 12);
    expect(doubled.upper).toBeCloseTo(once.upper, 12);
    expect(meanInterval([])).toEqual(undefinedBecause("no-cases"));
    expect(meanInterval([1, 2], { people: ["a", "a"] })).toEqual(undefinedBecause("too-few-cases"));
  });

  it("ends where the values do", () => {
    // Mean 0.5 and t of one degree of freedom: Student's limits are -5.85 and 6.85.
    expect(meanInterval([0, 1])).toMatchObject({
      lower: expect.closeTo(-5.85, 2),
      upper: expect.closeTo(6.85, 2),
    });
    expect(meanInterval([0, 1], { range: [0, 1] })).toMatchObject({ lower: 0, upper: 1 });
    expect(meanInterval([0, 1], { range: NOT_NEGATIVE })).toMatchObject({
      lower: 0,
      upper: expect.closeTo(6.85, 2),
    });
  });
});

describe("the bootstrap", () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6];
  const ofMean = (rows: readonly number[]) => ({ mean: mean(rows.map((row) => values[row % 8]!)) });
  const single = clustersOf(
    values.map(String).map((_, i) => `sub-${i}`),
    values.map(() => "all"),
  );

  it("gives the same interval for the same seed, and another one for another", () => {
    const run = (seed: number) =>
      defined(bootstrap({ clusters: single, statistic: ofMean, random: uniform(seed), resamples: 500 }).mean);
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    // The standard error of a mean by resampling is the deviation (by n) over the root of n.
    const deviation = Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
    expect(run(1).standardError / (deviation / Math.sqrt(8))).toBeCloseTo(1, 0);
  });

  it("draws the sessions of a person together, and as many people of each class as there are", () => {
    const people = ["a", "a", "b", "c", "d"];
    const classes = ["AD", "AD", "AD", "CN", "CN"];
    const clusters = clustersOf(people, classes);
    expect(clusters).toEqual([
      { stratum: "AD", rows: [0, 1] },
      { stratum: "AD", rows: [2] },
      { stratum: "CN", rows: [3] },
      { stratum: "CN", rows: [4] },
    ]);
    const seen: (readonly number[])[] = [];
    bootstrap({
      clusters,
      statistic: (rows) => {
        seen.push(rows);
        return {};
      },
      random: uniform(5),
      resamples: 50,
    });
    for (const rows of seen.slice(1)) {
      expect(rows.filter((row) => row >= 3)).toHaveLength(2);
      expect(rows.filter((row) => row === 0)).toHaveLength(rows.filter((row) => row === 1).length);
    }
  });

  it("has no interval of a figure that most resamples leave undefined, nor of one person", () => {
    const rare = bootstrap({
      clusters: single,
      statistic: (rows) => ({
        rare: rows.length === new Set(rows).size ? 1 : undefinedBecause("no-variance"),
      }),
      random: uniform(1),
      resamples: 100,
    });
    expect(rare.rare).toEqual(undefinedBecause("undefined-in-resamples"));
    const one = bootstrap({ clusters: [single[0]!], statistic: ofMean, random: uniform(1) });
    expect(one.mean).toEqual(undefinedBecause("too-few-cases"));
  });
});
