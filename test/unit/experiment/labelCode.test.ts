import { describe, expect, it } from "vitest";
import { classNames, codeOf, isNumber, labelCodeFault, labelCodeOf } from "../../../src/experiment/labelCode";
import { phraseText } from "../../../src/experiment/problems/phrases";

describe("labelCodeOf", () => {
  it("numbers the sorted values from 0", () => {
    expect(labelCodeOf(["CN", "AD", "CN", "MCI"])).toEqual({ AD: 0, CN: 1, MCI: 2 });
  });

  it("sorts as Python does: capitals first, by code point", () => {
    expect(labelCodeOf(["b", "a", "B", "\u{1F600}", "\uFFFD"])).toEqual({
      B: 0,
      a: 1,
      b: 2,
      "\uFFFD": 3,
      "\u{1F600}": 4,
    });
  });

  it("sorts numbers as numbers", () => {
    expect(labelCodeOf(["10", "9", "-1"])).toEqual({ "-1": 0, "9": 1, "10": 2 });
  });

  it("gives a number one code, however the tables spell it", () => {
    expect(labelCodeOf(["1", "0", "1.0", "0.0", "2.0"])).toEqual({ "0": 0, "1": 1, "2.0": 2 });
    expect(labelCodeOf(["1", "1.0", "x"])).toEqual({ "1": 0, "1.0": 1, x: 2 });
  });
});

describe("codeOf", () => {
  it("finds values, numbers in any spelling, and nothing else", () => {
    const code = { AD: 0, CN: 1, sMCI: 1 };
    expect(["AD", "CN", "sMCI", "ad", ""].map((value) => codeOf(code, value))).toEqual([
      0,
      1,
      1,
      undefined,
      undefined,
    ]);
    expect(["1", "1.0", "2", "toString"].map((value) => codeOf({ 0: 0, 1: 1 }, value))).toEqual([
      1,
      1,
      undefined,
      undefined,
    ]);
  });
});

describe("classNames", () => {
  it("joins the values of one class", () => {
    expect(classNames({ AD: 1, pMCI: 1, CN: 0 })).toEqual(["CN", "AD+pMCI"]);
  });
});

describe("labelCodeFault", () => {
  const faultOf = (labelCode: Readonly<Record<string, number>>) => {
    const fault = labelCodeFault(labelCode);
    return fault && phraseText(fault);
  };

  it("wants two classes at least, numbered without a gap", () => {
    expect(faultOf({ AD: 0, CN: 1, MCI: 1 })).toBeUndefined();
    expect(faultOf({ AD: 0, CN: 0 })).toMatch(/one class only \(AD, CN\)/);
    expect(faultOf({ AD: 0, CN: 2 })).toMatch(/0, 2/);
    expect(faultOf({ AD: 1, CN: 2 })).toMatch(/1, 2/);
  });
});

describe("isNumber", () => {
  it("takes decimal numbers only", () => {
    expect(["1", "-1.5", ".5", "2e3", "1."].every(isNumber)).toBe(true);
    expect(["", "NaN", "inf", "0x10", "1,5", "1e999", "one"].some(isNumber)).toBe(false);
  });
});
