import { describe, expect, it } from "vitest";
import { ageOf, sexOf, yearsOf } from "../../../../src/data/tables/demographics";

describe("sexOf", () => {
  it.each(["m", "M", "male", "Male", "MALE", " male "])("takes BIDS's word %s for M", (word) => {
    expect(sexOf(word)).toBe("M");
  });
  it.each(["f", "F", "female", "Female", "FEMALE"])("takes BIDS's word %s for F", (word) => {
    expect(sexOf(word)).toBe("F");
  });
  it.each(["o", "O", "other", "Other", "OTHER"])("knows the word %s", (word) => {
    expect(sexOf(word)).toBe("other");
  });
  it.each(["n/a", "N/A", "", "NaN", undefined])("knows that %s is not known", (word) => {
    expect(sexOf(word)).toBeNull();
  });
  it.each(["1", "2", "homme", "x"])("does not guess what %s means", (word) => {
    expect(sexOf(word)).toBeUndefined();
  });
});

describe("ageOf", () => {
  it("reads years, and the least where the cell says more", () => {
    expect(ageOf("61.5")).toEqual({ kind: "years", years: 61.5 });
    for (const cell of ["89+", "89 +", ">=89", "≥ 89"]) {
      expect(ageOf(cell)).toEqual({ kind: "at-least", years: 89 });
      expect(yearsOf(cell)).toBe(89);
    }
  });
  it("tells what is not known from what cannot be read", () => {
    expect(ageOf("n/a").kind).toBe("unknown");
    expect(ageOf("").kind).toBe("unknown");
    expect(ageOf("61,5").kind).toBe("decimal-comma");
    expect(ageOf("old").kind).toBe("unreadable");
    expect(yearsOf("61,5")).toBeNaN();
  });
});
