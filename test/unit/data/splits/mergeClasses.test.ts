import { describe, expect, it } from "vitest";
import { valuesOf } from "../../../../src/data/splits/labelClasses";
import { mergeClasses, peopleOfClass } from "../../../../src/data/splits/mergeClasses";

const diagnoses = ["AD", "AD", "CN", "MCI", "sMCI", "sMCI"];
const table = {
  file: "table.tsv",
  columns: ["participant_id", "diagnosis"],
  rows: diagnoses.map((diagnosis, i) => ({
    line: i + 2,
    values: { participant_id: `sub-${i}`, diagnosis },
  })),
};
const classes = [["AD"], ["CN"], ["MCI"], ["sMCI"]];

describe("mergeClasses", () => {
  it("makes one class of several, again and again", () => {
    const merged = mergeClasses(classes, [3, 2]);
    expect(merged).toEqual([["AD"], ["CN"], ["MCI", "sMCI"]]);
    expect(mergeClasses(merged, [2, 0])).toEqual([["AD", "MCI", "sMCI"], ["CN"]]);
  });

  it("counts the people of each", () => {
    const column = valuesOf(table, "diagnosis");
    expect(mergeClasses(classes, [2, 3]).map((values) => peopleOfClass(values, column))).toEqual([2, 1, 3]);
  });
});
