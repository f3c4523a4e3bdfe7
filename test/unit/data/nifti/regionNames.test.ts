import { describe, expect, it } from "vitest";
import { readRegionNames } from "../../../../src/data/nifti/regionNames";

const read = (text: string) => [...readRegionNames(text)];

describe("names of the regions of an atlas", () => {
  it("are read from tables of BIDS and of Clinica", () => {
    expect(read("index\tname\tabbreviation\n1\tLeft Hippocampus\tHL\n2\tAmygdala\tA\n")).toEqual([
      [1, "Left Hippocampus"],
      [2, "Amygdala"],
    ]);
    expect(read("roi_name\troi_value\r\nPrecentral_L\t2001\r\n")).toEqual([[2001, "Precentral_L"]]);
  });

  it("are read from colour tables of FreeSurfer and FSLeyes, and from plain lists", () => {
    expect(read("#No. Label R G B A\n\n17  Left-Hippocampus   220 216 20 0\n")).toEqual([
      [17, "Left-Hippocampus"],
    ]);
    expect(read("3 0.5 0.25 1.0 Frontal Pole\n")).toEqual([[3, "Frontal Pole"]]);
    expect(read("1 Precentral_L 2001\n2 Precentral_R 2002")).toEqual([
      [1, "Precentral_L"],
      [2, "Precentral_R"],
    ]);
  });

  it("are none where a text is something else", () => {
    expect(read("")).toEqual([]);
    expect(read("An atlas of the brain.\nSee the paper.\n4 5 6")).toEqual([]);
  });
});
