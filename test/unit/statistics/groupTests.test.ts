import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fisherExact, studentTest } from "../../../src/statistics/groupTests";

const fixture: {
  fisher: { table: [[number, number], [number, number]]; p: number }[];
  student: { first: number[]; second: number[]; p: number }[];
} = JSON.parse(readFileSync(join(import.meta.dirname, "../../fixtures/statistics/groupTests.json"), "utf8"));

describe("fisherExact", () => {
  it.each(fixture.fisher)("is scipy's fisher_exact of $table: p = $p", ({ table, p }) => {
    const found = fisherExact(table) ?? Number.NaN;
    expect(Math.abs(found / p - 1)).toBeLessThan(1e-9);
  });

  it("compares nothing where a group or a sex is empty", () => {
    expect(
      fisherExact([
        [0, 0],
        [3, 2],
      ]),
    ).toBeNull();
    expect(
      fisherExact([
        [4, 0],
        [3, 0],
      ]),
    ).toBeNull();
    expect(
      fisherExact([
        [0, 4],
        [0, 3],
      ]),
    ).toBeNull();
  });
});

describe("studentTest", () => {
  it.each(fixture.student)("is scipy's ttest_ind: p = $p", ({ first, second, p }) => {
    expect(studentTest(first, second)).toBeCloseTo(p, 10);
  });

  it("compares nothing where a group is empty, all values are equal, or there are two", () => {
    expect(studentTest([], [70, 71, 72])).toBeNull();
    expect(studentTest([70, 70], [70, 70, 70])).toBeNull();
    expect(studentTest([70], [71])).toBeNull();
  });
});
