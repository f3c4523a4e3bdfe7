import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { resolveExperiment } from "../../../src/experiment/file/resolve";

const FILE = resolve("/study/a.experiment.json");
const resolved = (json: object) => resolveExperiment({ tsv_path: "tsv", ...json }, FILE);
const told = (json: object) =>
  resolved(json).problems.map(({ severity, code, where }) => `${severity} ${code} ${where}`);

const bids = { bids: "bids", space: "MNI" };

describe("the key images", () => {
  it("stands for a CAPS, with its path made absolute", () => {
    expect(told({ images: bids })).toEqual([]);
    expect(resolved({ images: bids }).experiment).toMatchObject({
      caps_directory: "",
      images: { bids: resolve("/study/bids"), suffix: "T1w", space: "MNI" },
      preprocessing_dict: { mode: "image" },
    });
    expect(resolved({ images: { table: "scans.csv" } }).experiment?.images).toEqual({
      table: resolve("/study/scans.csv"),
      path_column: "path",
    });
    expect(resolved({ caps_directory: "caps" }).experiment?.images).toBeNull();
  });

  it("says one of two, and not for several cohorts", () => {
    expect(told({})).toEqual(["error key.missing caps_directory"]);
    expect(told({ caps_directory: "" })).toEqual(["error key.missing caps_directory"]);
    expect(told({ images: bids, caps_directory: "caps" })).toEqual(["error images.given-twice images"]);
    expect(told({ images: bids, caps_directory: "" })).toEqual([]);
    expect(told({ images: bids, multi_cohort: true })).toEqual(["error images.of-cohorts images"]);
  });

  it("is one of three, whose wrong keys are named", () => {
    expect(told({ images: { bids: "bids", sufix: "T1w" } })).toEqual([
      "error key.not-known-here images.sufix",
    ]);
    expect(told({ images: { folder: "scans" } })).toEqual(["error key.missing images.pattern"]);
    expect(told({ images: { bids: "bids", run: -1 } })).toEqual(["error key.value images.run"]);
    expect(told({ images: "bids" })).toEqual(["error key.value images"]);
  });

  it.each([
    ["sub-*.nii", "images.pattern-of-nobody"],
    ["{subject}.nii", "images.pattern-part"],
    ["{participant}{session}.nii", "images.pattern-side-by-side"],
    ["../{participant}.nii", "images.pattern-outside"],
  ])("refuses the pattern %s", (pattern, code) => {
    expect(told({ images: { folder: "scans", pattern } })).toEqual([`error ${code} images.pattern`]);
  });

  it("leaves to preprocessing_dict how an image is cut, and nothing else", () => {
    const preprocessing_dict = { mode: "patch", patch_size: 8, preprocessing: "t1-linear", tracer: "18FFDG" };
    expect(told({ images: bids, preprocessing_dict })).toEqual([
      "warning key.no-effect preprocessing_dict.preprocessing",
      "warning key.no-effect preprocessing_dict.tracer",
    ]);
    expect(resolved({ images: bids, preprocessing_dict }).experiment?.preprocessing_dict).toMatchObject({
      mode: "patch",
      patch_size: 8,
      preprocessing: "custom",
      tracer: undefined,
    });
    expect(told({ images: bids, preprocessing_dict: { mode: "patch", prepare_dl: true } })).toEqual([
      "error images.prepared preprocessing_dict.prepare_dl",
    ]);
    expect(told({ images: bids, preprocessing_dict: { mode: "roi", roi_list: ["a"] } })).toEqual([]);
  });
});
