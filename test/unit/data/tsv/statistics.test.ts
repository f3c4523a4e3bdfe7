import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { deviation, proportionTest, tTest } from "../../../../src/data/tsv/statistics";

const fixture: {
  tTest: { first: number[]; second: number[]; p: number }[];
  proportions: { train: [number, number]; test: [number, number]; p: number }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../../fixtures/data/statistics.json"), "utf8"));

describe("tTest", () => {
  it.each(fixture.tTest)("is scipy's ttest_ind: p = $p", ({ first, second, p }) => {
    expect(tTest(first, second)).toBeCloseTo(p, 10);
    expect(tTest([...first, Number.NaN], second)).toBeCloseTo(p, 10);
  });

  it("finds equal values equal", () => {
    expect(tTest([70, 70], [70, 70, 70])).toBe(1);
  });
});

describe("proportionTest", () => {
  const group = ([count, women]: [number, number]) =>
    Array.from({ length: count }, (_, i) => (i < women ? "F" : "M"));

  it.each(fixture.proportions)(
    "is scipy's chi2.sf of ClinicaDL's statistic: p = $p",
    ({ train, test, p }) => {
      expect(proportionTest(group(train), group(test))).toBeCloseTo(p, 10);
    },
  );

  it("finds groups of one sex equal, and a sex that the first lacks impossible", () => {
    expect(proportionTest(["F", "F"], ["F"])).toBe(1);
    expect(proportionTest(["F", "F"], ["F", "M"])).toBe(0);
  });
});

describe("deviation", () => {
  it("is that of a population", () => {
    expect(deviation([1, 3])).toBe(1);
  });
});
