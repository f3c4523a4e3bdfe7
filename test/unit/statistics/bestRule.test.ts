import { describe, expect, it } from "vitest";
import { bestRule } from "../../../src/statistics/bestRule";

/** "RAS AD 4": four people with that class and that value. */
const cases = (...groups: readonly string[]) =>
  groups.flatMap((group, g) => {
    const [seen = "", label = "", count = "1"] = group.split(" ");
    return Array.from({ length: Number(count) }, (_, i) => ({ seen, class: label, person: `${g}-${i}` }));
  });

describe("the best rule from what is seen to the class", () => {
  it.each([
    { what: "tells everybody apart", groups: ["LAS AD 6", "RAS CN 6"], accuracy: 1 },
    {
      what: "is right by the shares of the classes",
      groups: ["LAS AD 8", "LAS CN 1", "RAS AD 2", "RAS CN 9"],
      accuracy: (0.8 + 0.9) / 2,
    },
    { what: "is 0.8 to the digit", groups: ["LAS AD 8", "RAS AD 2", "LAS CN 2", "RAS CN 8"], accuracy: 0.8 },
    { what: "sees past unequal classes", groups: ["LAS AD 2", "RAS CN 90", "LAS CN 10"], accuracy: 0.95 },
    { what: "has one side of two people", groups: ["LAS AD 2", "RAS CN 2"], accuracy: 1 },
    { what: "counts three classes", groups: ["LAS AD 3", "RAS CN 3", "PSR MCI 3"], accuracy: 1 },
    {
      what: "gathers values of one person each",
      groups: ["1.1 AD", "1.2 AD", "1.3 AD", "1 CN 3"],
      accuracy: 1,
    },
    {
      what: "is a guess where nothing is told",
      groups: ["LAS AD 3", "LAS CN 3", "RAS AD 3", "RAS CN 3"],
      accuracy: 0.5,
    },
  ])("$what", ({ groups, accuracy }) => {
    // Where everything is a guess, all may get one answer, which is no rule.
    expect(bestRule(cases(...groups))?.balancedAccuracy ?? 0.5).toBeCloseTo(accuracy, 12);
  });

  it.each([
    { what: "one person on a side", groups: ["LAS AD 1", "RAS CN 6"] },
    { what: "a value of one's own for everybody", groups: ["1 AD", "2 CN", "3 AD", "4 CN"] },
    { what: "one value", groups: ["RAS AD 3", "RAS CN 3"] },
    { what: "one class", groups: ["RAS AD 3", "LAS AD 3"] },
    { what: "nobody", groups: [] },
  ])("is none with $what", ({ groups }) => {
    expect(bestRule(cases(...groups))).toBeNull();
  });

  it("counts who has several sessions once", () => {
    const twice = [...cases("LAS AD 1"), ...cases("LAS AD 1"), ...cases("x CN 1", "RAS CN 3")];
    expect(bestRule(twice)).toBeNull();
  });

  it("says which answer it gives for each value", () => {
    const rule = bestRule(cases("LAS AD 6", "RAS CN 6", "PSR AD 1"));
    expect([...(rule?.answers ?? [])]).toEqual([
      ["LAS", "AD"],
      ["RAS", "CN"],
    ]);
  });
});
