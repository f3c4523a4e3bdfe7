import { describe, expect, it } from "vitest";
import { formatFloat, parseFloatCell } from "../../../src/files/pandasNumbers";

describe("formatFloat", () => {
  // Right column: repr() of CPython 3.11.
  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [1, "1.0"],
    [-12, "-12.0"],
    [0.1, "0.1"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [0.00001, "1e-05"],
    [-0.0000125, "-1.25e-05"],
    [5e-324, "5e-324"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.5e22, "1.5e+22"],
    [123456789012345680, "1.2345678901234568e+17"],
    [0.4058552086353302, "0.4058552086353302"],
    [-0.36363636363636365, "-0.36363636363636365"],
    [1 / 3, "0.3333333333333333"],
    [Number.POSITIVE_INFINITY, "inf"],
    [Number.NEGATIVE_INFINITY, "-inf"],
    [Number.NaN, ""],
  ])("writes %s as Python does", (value, text) => {
    expect(formatFloat(value)).toBe(text);
    expect(parseFloatCell(text)).toBe(value);
  });

  it("reads back the same number, whatever its size", () => {
    for (let exponent = -30; exponent < 30; exponent++) {
      const value = Math.sin(exponent + 0.5) * 10 ** exponent;
      expect(parseFloatCell(formatFloat(value))).toBe(value);
    }
  });
});

describe("parseFloatCell", () => {
  it("gives NaN for what is no number", () => {
    expect(parseFloatCell("N/A")).toBeNaN();
    expect(parseFloatCell(undefined)).toBeNaN();
  });
});
