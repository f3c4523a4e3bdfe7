import { describe, expect, it } from "vitest";
import type { InputImage, InputPlan } from "../../../../webview/inputs/messages";
import { hasCohorts, imageKey, imagesOf, searchImages } from "../../../../webview/inputs/model/images";

const image = (participant: string, label: string, cohort = "single"): InputImage => ({
  participant,
  session: "ses-M006",
  cohort,
  label,
});
const images = [image("sub-001", "AD"), image("sub-002", "CN"), image("sub-012", "AD")];
const plan: Pick<InputPlan, "splits"> = {
  splits: [{ split: 2, train: Uint32Array.from([0, 2]), validation: Uint32Array.from([1]) }],
};

describe("the images of a set", () => {
  it("are those of the split, in the order of its table", () => {
    expect(imagesOf(plan, 2, "train")).toEqual([0, 2]);
    expect(imagesOf(plan, 2, "validation")).toEqual([1]);
    expect(imagesOf(plan, 0, "train")).toEqual([]);
  });

  it("are searched by words of participant, session and label", () => {
    expect(searchImages(images, [0, 1, 2], "  ")).toEqual([0, 1, 2]);
    expect(searchImages(images, [0, 1, 2], "ad 01")).toEqual([0, 2]);
    expect(searchImages(images, [0, 1], "M006 cn")).toEqual([1]);
    expect(searchImages(images, [0, 1, 2], "M012")).toEqual([]);
  });

  it("are known by cohort, participant and session", () => {
    expect(imageKey(images[0]!)).not.toBe(imageKey(image("sub-001", "AD", "ADNI")));
    expect(hasCohorts(images)).toBe(false);
    expect(hasCohorts([...images, image("sub-1", "CN", "OASIS")])).toBe(true);
  });
});
