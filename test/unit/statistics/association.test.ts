import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  bestThreshold,
  chiSquared,
  cliffsDelta,
  cohensD,
  contingency,
  cramersV,
  errorOfD,
} from "../../../src/statistics/association";
import { bestRule } from "../../../src/statistics/bestRule";
import { chiSquaredAbove } from "../../../src/statistics/distributions";

const fixture: {
  tables: { table: number[][]; chiSquared: number; p: number; v: number; rule: number }[];
  numbers: { first: number[]; second: number[]; d: number; delta: number; threshold: number }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/statistics/association.json"), "utf8"));

/** A person for each count of a table. */
const peopleOf = (table: readonly (readonly number[])[]) =>
  table.flatMap((row, i) =>
    row.flatMap((count, j) =>
      Array.from({ length: count }, () => ({ value: `site ${i}`, label: `class ${j}` })),
    ),
  );

describe("effect sizes of a table", () => {
  it.each(fixture.tables)(
    "are scipy's and scikit-learn's of $table",
    ({ table, chiSquared: squared, p, v, rule }) => {
      const { statistic, freedom } = chiSquared(table);
      expect(statistic).toBeCloseTo(squared, 9);
      expect(chiSquaredAbove(statistic, freedom)).toBeCloseTo(p, 12);
      expect(cramersV(table)).toBeCloseTo(v, 9);
      const cases = peopleOf(table).map(({ value, label }, i) => ({
        seen: value,
        class: label,
        person: String(i),
      }));
      // Where a value is one person's it is none by itself, which scikit-learn does not know.
      const shared = table.every((row) => row.reduce((sum, count) => sum + count, 0) > 1);
      const best = bestRule(cases);
      if (shared && best !== null) expect(best.balancedAccuracy).toBeCloseTo(rule, 12);
    },
  );

  it("do not exist where there is one value or one class", () => {
    expect(cramersV([[3, 4]])).toBeNull();
    expect(
      cramersV([
        [3, 0],
        [4, 0],
      ]),
    ).toBeNull();
  });

  it("pass over values and classes that nobody has", () => {
    expect(
      cramersV([
        [5, 0, 1],
        [0, 0, 0],
        [1, 0, 6],
      ]),
    ).toBeCloseTo(
      cramersV([
        [5, 1],
        [1, 6],
      ])!,
      12,
    );
  });

  it("count people by value and class", () => {
    expect(
      contingency(
        peopleOf([
          [2, 1],
          [0, 3],
        ]),
      ),
    ).toEqual({
      values: ["site 0", "site 1"],
      labels: ["class 0", "class 1"],
      rows: [
        [2, 1],
        [0, 3],
      ],
    });
  });
});

describe("effect sizes of a number", () => {
  it.each(fixture.numbers)(
    "are scipy's and scikit-learn's: d = $d",
    ({ first, second, d, delta, threshold }) => {
      expect(cohensD(first, second)).toBeCloseTo(d, 9);
      expect(cliffsDelta(first, second)).toBeCloseTo(delta, 12);
      const people = [
        ...first.map((value) => ({ value, label: "AD" })),
        ...second.map((value) => ({ value, label: "CN" })),
      ];
      expect(bestThreshold(people)).toBeCloseTo(threshold, 12);
    },
  );

  it("do not exist without a group, or where nothing varies", () => {
    expect(cohensD([], [1, 2])).toBeNull();
    expect(cliffsDelta([1], [])).toBeNull();
    expect(cohensD([2, 2], [2, 2])).toBeNull();
    expect(bestThreshold([{ value: 1, label: "AD" }])).toBeNaN();
  });

  it("have the error of Hedges and Olkin", () => {
    expect(errorOfD(0.8, 20, 30)).toBeCloseTo(Math.sqrt(50 / 600 + 0.64 / 100), 12);
  });
});
