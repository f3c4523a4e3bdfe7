import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isUndefined, undefinedBecause } from "../../../src/statistics/figure";
import { welch } from "../../../src/statistics/groups/twoSamples";
import { fisherExact } from "../../../src/statistics/groupTests";
import {
  type DifferenceInterval,
  differenceOfAreas,
  differenceOfBalancedAccuracies,
  differenceOfShares,
} from "../../../src/statistics/intervals/independentDifference";
import type { Share } from "../../../src/statistics/intervals/proportion";
import type { Scored } from "../../../src/statistics/roc/scored";
import { defined } from "../../support/expectFigure";
import { fixture } from "../../support/fixturePath";

interface Limits {
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
}
interface Ranked {
  readonly cases: readonly number[];
  readonly controls: readonly number[];
}
interface Of<Data> extends Limits {
  readonly first: Data;
  readonly second: Data;
}
interface WithP {
  readonly p: number;
}

const known: {
  readonly shares: readonly (Of<Share> & WithP)[];
  readonly recalls: readonly Of<readonly Share[]>[];
  readonly areas: readonly Of<Ranked>[];
  readonly means: readonly (Of<readonly number[]> & WithP)[];
} = JSON.parse(readFileSync(fixture("statistics/independent.json"), "utf8"));

const scored = ({ cases, controls }: Ranked): Scored => ({
  positive: [...cases.map(() => true), ...controls.map(() => false)],
  scores: [...cases, ...controls],
});

function expectLimits(found: Limits, { difference, lower, upper }: Limits): void {
  expect(found.difference).toBeCloseTo(difference, 12);
  expect(found.lower).toBeCloseTo(lower, 10);
  expect(found.upper).toBeCloseTo(upper, 10);
}

describe("the difference of two shares of different people", () => {
  it.each(known.shares)(
    "has the limits of statsmodels, and SciPy's p: $first.count of $first.of, $second.count of $second.of",
    ({ first, second, p, ...limits }) => {
      expectLimits(defined(differenceOfShares(first, second)), limits);
      const found = fisherExact([
        [first.count, first.of - first.count],
        [second.count, second.of - second.count],
      ]);
      // Where nobody, or everybody, is counted SciPy has 1.
      expect(Math.abs((found ?? 1) / p - 1)).toBeLessThan(1e-9);
    },
  );

  it("has those that Newcombe printed: 56 of 70 and 48 of 80", () => {
    const { lower, upper, method } = defined(
      differenceOfShares({ count: 56, of: 70 }, { count: 48, of: 80 }),
    );
    expect([lower.toFixed(4), upper.toFixed(4)]).toEqual(["0.0524", "0.3339"]);
    expect(method).toBe("newcombe-hybrid");
  });

  it("is turned round with the groups, and undefined of nobody", () => {
    const [a, b] = [
      { count: 9, of: 10 },
      { count: 3, of: 10 },
    ];
    const [there, back] = [defined(differenceOfShares(a, b)), defined(differenceOfShares(b, a))];
    expect(back.lower).toBeCloseTo(-there.upper, 12);
    expect(differenceOfShares(a, { count: 0, of: 0 })).toEqual(undefinedBecause("no-cases"));
  });
});

describe("the difference of two balanced accuracies of different people", () => {
  it.each(known.recalls)("adds the squares of every recall: $first against $second", (one) => {
    expectLimits(defined(differenceOfBalancedAccuracies(one.first, one.second)), one);
  });

  it("is undefined where a class has nobody", () => {
    const [all, without]: [Share[], Share[]] = [
      [
        { count: 8, of: 10 },
        { count: 7, of: 10 },
      ],
      [
        { count: 8, of: 10 },
        { count: 0, of: 0 },
      ],
    ];
    expect(differenceOfBalancedAccuracies(all, without)).toEqual(undefinedBecause("no-negatives"));
  });
});

describe("the difference of two areas of different people", () => {
  it.each(known.areas)("is z of DeLong's variances, where no class is small", (one) => {
    expectLimits(defined(differenceOfAreas(scored(one.first), scored(one.second))), one);
  });

  it("has a width where both areas are 1, and where a class has one person", () => {
    const right = scored({ cases: [0.9, 0.8, 0.7], controls: [0.3, 0.2] });
    const alike = defined(differenceOfAreas(right, right));
    expect(alike).toMatchObject({ difference: 0, method: "mover-auc" });
    expectWide(alike);
    expectWide(defined(differenceOfAreas(right, scored({ cases: [0.9], controls: [0.3, 0.95] }))));
    expect(isUndefined(differenceOfAreas(right, scored({ cases: [], controls: [0.3] })))).toBe(true);
  });

  const expectWide = ({ difference, lower, upper }: DifferenceInterval) => {
    expect(lower).toBeLessThan(difference - 0.1);
    expect(upper).toBeGreaterThan(difference + 0.1);
  };
});

describe("the difference of two means of different people", () => {
  it.each(known.means)("has SciPy's Welch test and its limits: p = $p", (one) => {
    const found = defined(welch(one.first, one.second));
    expectLimits(found, one);
    expect(Math.abs(found.p / one.p - 1)).toBeLessThan(1e-9);
  });
});
