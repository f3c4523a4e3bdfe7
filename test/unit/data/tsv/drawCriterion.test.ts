import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ageCriterion, sexCriterion } from "../../../../src/data/tsv/drawCriterion";

const fixture: {
  tTest: { first: number[]; second: number[]; p: number }[];
  proportions: { train: [number, number]; test: [number, number]; p: number }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../../fixtures/data/statistics.json"), "utf8"));

describe("ageCriterion", () => {
  it.each(fixture.tTest)("is scipy's ttest_ind: p = $p", ({ first, second, p }) => {
    expect(ageCriterion(first, second)).toBeCloseTo(p, 10);
    expect(ageCriterion([...first, Number.NaN], second)).toBeCloseTo(p, 10);
  });

  it("is met where there is nothing to compare, and not where one side has no age", () => {
    expect(ageCriterion([70, 70], [70, 70, 70])).toBe(1);
    expect(ageCriterion([Number.NaN], [Number.NaN, Number.NaN])).toBe(1);
    expect(ageCriterion([Number.NaN], [70, 71, 75])).toBeNaN();
  });
});

describe("sexCriterion", () => {
  const group = ([count, women]: [number, number]) =>
    Array.from({ length: count }, (_, i) => (i < women ? "F" : "M"));

  it.each(fixture.proportions)(
    "is scipy's chi2.sf of ClinicaDL's statistic: p = $p",
    ({ train, test, p }) => {
      expect(sexCriterion(group(train), group(test))).toBeCloseTo(p, 10);
    },
  );

  it("finds groups of one sex equal, and a sex that the first lacks impossible", () => {
    expect(sexCriterion(["F", "F"], ["F"])).toBe(1);
    expect(sexCriterion([], [])).toBe(1);
    expect(sexCriterion(["F", "F"], ["F", "M"])).toBe(0);
  });
});
