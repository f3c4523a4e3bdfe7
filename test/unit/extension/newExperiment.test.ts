import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { findDataFolders } from "../../../src/extension/commands/dataFolders";
import {
  experimentText,
  foldsOf,
  keysOfFolder,
  textWithImages,
  textWithSplits,
} from "../../../src/extension/commands/newExperiment/experimentText";
import { freeMapsFolder } from "../../../src/extension/commands/targets";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "gyrus data-"));
});
afterEach(() => rmSync(home, { recursive: true }));

function folder(...parts: readonly string[]): string {
  const path = join(home, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
}

describe("the data that the form offers", () => {
  it("are the CAPS and the split folders near the user, and nothing within them", async () => {
    const caps = join(folder("study/caps/subjects/sub-01/split"), "../../..");
    const split = folder("study/tsv/split");
    writeFileSync(join(split, "train.tsv"), "");
    const folds = folder("study/tsv/5_fold");
    mkdirSync(join(folds, "split-0"));
    folder("elsewhere/split");
    expect(await findDataFolders([home])).toEqual({ images: [caps], splits: [folds, split] });
    expect([foldsOf(folds), foldsOf(split)]).toEqual([5, 0]);
  });
});

describe("the experiment file that the form writes", () => {
  const answers = {
    task: "classification",
    images: {
      caps_directory: "/data/caps",
      preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    },
    space: null,
    splits: {
      tsvPath: "/data/tsv/5_fold",
      keys: keysOfFolder("/data/tsv/5_fold", "classification"),
    },
    architecture: "Conv5_FC3",
  } as const;

  it("is valid, with paths that move with it", () => {
    const text = experimentText(answers, "/data");
    const { experiment, problems } = resolveExperiment(JSON.parse(text), "/data/first.experiment.json");
    expect(problems).toEqual([]);
    expect(experiment).toMatchObject({
      caps_directory: "/data/caps",
      tsv_path: "/data/tsv/5_fold",
      n_splits: 5,
    });
    expect(JSON.parse(text).caps_directory).toBe("caps");
  });

  it("keeps paths that lead elsewhere", () => {
    expect(JSON.parse(experimentText(answers, "/home/me/project")).caps_directory).toBe("/data/caps");
  });

  it.each(["regression", "reconstruction"] as const)("is valid for a %s", (task) => {
    const architecture = task === "reconstruction" ? "AE_Conv5_FC3" : "Conv5_FC3";
    const splits = { ...answers.splits, keys: keysOfFolder("/data/tsv/5_fold", task) };
    const text = experimentText({ ...answers, task, splits, architecture }, "/data");
    expect(resolveExperiment(JSON.parse(text), "/data/x.experiment.json").problems).toEqual([]);
  });
});

describe("an experiment file that is given other splits", () => {
  const splits = {
    tsvPath: "/data/splits/split/3_fold",
    keys: { diagnoses: ["p", "c"], n_splits: 3 },
  };

  it("says what the new ones are, and of the rest what it said", () => {
    const text = `{
  "caps_directory": "caps",
  "tsv_path":   "gone",
  "label": "sex", "label_code": {"F": 0, "M": 1},
  "architecture":"Conv4_FC3"
}
`;
    const changed = textWithSplits(text, splits, "/data");
    expect(JSON.parse(changed)).toEqual({
      caps_directory: "caps",
      tsv_path: "splits/split/3_fold",
      architecture: "Conv4_FC3",
      n_splits: 3,
      diagnoses: ["p", "c"],
    });
  });

  it("may have been empty", () => {
    expect(JSON.parse(textWithSplits("{}", splits, "/elsewhere"))).toEqual({
      tsv_path: "/data/splits/split/3_fold",
      n_splits: 3,
      diagnoses: ["p", "c"],
    });
  });
});

describe("an experiment file that is given other images", () => {
  const bids = {
    images: { bids: "/data/bids", suffix: "T1w" },
    preprocessing_dict: { mode: "image" },
  } as const;
  const text = JSON.stringify({
    images: { folder: "gone", pattern: "{participant}.nii" },
    tsv_path: "splits",
    preprocessing_dict: { mode: "patch", patch_size: 8 },
  });

  it("cuts them as before, with a path that moves with it", () => {
    expect(JSON.parse(textWithImages(text, bids, "/data"))).toEqual({
      ...JSON.parse(text),
      images: { bids: "bids", suffix: "T1w" },
    });
  });

  it("may have those of a CAPS instead, and the reverse", () => {
    const caps = {
      caps_directory: "/data/caps",
      preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    } as const;
    const ofCaps = textWithImages(text, caps, "/data");
    expect(JSON.parse(ofCaps)).toEqual({ ...caps, caps_directory: "caps", tsv_path: "splits" });
    const back = JSON.parse(textWithImages(ofCaps, bids, "/data"));
    expect(back).toMatchObject({ images: { bids: "bids", suffix: "T1w" } });
    expect(back).not.toHaveProperty("caps_directory");
  });

  it("says which grid they are read on where it was chosen", () => {
    const space = { orientation: "canonical", voxel_size: 1, size: [12, 15, 10] } as const;
    const splits = { tsvPath: "/data/splits/split", keys: { diagnoses: ["p", "c"] } };
    const text = experimentText(
      { task: "classification", images: bids, space, splits, architecture: "Conv4_FC3" },
      "/data",
    );
    expect(JSON.parse(text).space).toEqual(space);
    expect(resolveExperiment(JSON.parse(text), "/data/x.experiment.json").problems).toEqual([]);
  });
});

describe("the folder of a new MAPS", () => {
  it("has the name of the experiment, and a number where that is taken", () => {
    const taken = new Set(["/data/maps_demo", "/data/maps_demo_2"]);
    const free = (name: string) => freeMapsFolder("/data", name, (path) => taken.has(path));
    expect(free("/data/demo.experiment.json")).toBe("/data/maps_demo_3");
    expect(free("/data/other.experiment.json")).toBe("/data/maps_other");
  });
});
