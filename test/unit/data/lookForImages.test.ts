import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { lookForImages } from "../../../src/data/sources/looking/lookForImages";
import { suggestedPattern, suggestedPatterns } from "../../../src/data/sources/looking/otherOffers";
import { temporaryFolder } from "../../support/folder";

function study(files: Readonly<Record<string, string>> | readonly string[]): string {
  const folder = temporaryFolder();
  const entries = Array.isArray(files) ? files.map((name) => [name, ""]) : Object.entries(files);
  for (const [name, text] of entries) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

const people = ["01", "02", "03"];

/** What was found, with the paths from the folder. */
async function found(folder: string) {
  const { offers, tables } = await lookForImages([folder]);
  const short = (path: string) => path.slice(folder.length + 1).replaceAll("\\", "/");
  return {
    tables: tables.map(short),
    offers: offers.map(({ keys, place, name, sessions, several }) => ({
      place: short(place),
      name,
      count: sessions.length,
      several,
      keys,
    })),
  };
}

describe("lookForImages", () => {
  it("finds a BIDS and its derivatives, each kind of image by what tells it apart", async () => {
    const anat = (root: string, id: string) => `${root}/sub-${id}/ses-1/anat/sub-${id}_ses-1`;
    const folder = study({
      "bids/participants.tsv": "participant_id\tage\nsub-01\t71\n",
      ...Object.fromEntries(
        people.flatMap((id) => [
          [`${anat("bids", id)}_T1w.nii.gz`, ""],
          [`${anat("bids/derivatives/fmriprep", id)}_desc-preproc_T1w.nii.gz`, ""],
          [`${anat("bids/derivatives/fmriprep", id)}_space-MNI_res-2_desc-preproc_T1w.nii.gz`, ""],
          [`${anat("bids/derivatives/fmriprep", id)}_space-MNI_res-2_desc-brain_mask.nii.gz`, ""],
        ]),
      ),
    });
    const { offers, tables } = await found(folder);
    expect(tables).toEqual(["bids/participants.tsv"]);
    const bids = join(folder, "bids");
    const fmriprep = join(bids, "derivatives", "fmriprep");
    const images = offers.map(({ keys }) => ("images" in keys ? keys.images : null));
    expect(images).toContainEqual({ bids, suffix: "T1w" });
    expect(images).toContainEqual({ bids: fmriprep, suffix: "T1w", space: "MNI", res: "2" });
    expect(images).toContainEqual({ bids: fmriprep, suffix: "T1w", space: null, res: null });
    expect(offers.map(({ count, several }) => [count, several])).toEqual(Array(3).fill([3, 0]));
  });

  it("says how many sessions have several images", async () => {
    const folder = study([
      ...people.map((id) => `sub-${id}/anat/sub-${id}_run-1_T1w.nii`),
      "sub-03/anat/sub-03_run-2_T1w.nii",
    ]);
    expect((await found(folder)).offers).toMatchObject([
      { name: "T1w, run-1", count: 3, several: 0 },
      { name: "T1w", count: 2, several: 1 },
      { name: "T1w, run-2", count: 1, several: 0 },
    ]);
  });

  it("finds a folder of files by a pattern of their names, and a folder for each person", async () => {
    const folder = study([
      ...people.flatMap((id) => [`scans/P${id}_T1.nii.gz`, `scans/P${id}_FLAIR.nii.gz`, `spm/P${id}/T1.nii`]),
      ...people.map((id) => `spm/P${id}/c1T1.nii`),
    ]);
    const { offers } = await found(folder);
    expect(offers.map(({ place, name, count }) => [place, name, count]).sort()).toEqual([
      ["scans", "{participant}_FLAIR.nii.gz", 3],
      ["scans", "{participant}_T1.nii.gz", 3],
      ["spm", "{participant}/T1.nii", 3],
      ["spm", "{participant}/c1T1.nii", 3],
    ]);
  });

  it("finds a table with a column of paths, and passes over MAPS and splits", async () => {
    const folder = study({
      "scans.csv": "participant_id;age;scan\nP1;71,5;a/P1.nii\nP2;66;a/P2.nii\n",
      "other.csv": "nobody,scan\n1,a.nii\n",
      "maps/maps.json": "{}",
      "maps/a_map.nii": "",
      "maps/b_map.nii": "",
      "split/train.tsv": "participant_id\n",
    });
    const { offers, tables } = await found(folder);
    expect(tables).toEqual(["scans.csv"]);
    expect(offers).toMatchObject([
      { name: "scan", count: 2, keys: { images: { table: join(folder, "scans.csv"), path_column: "scan" } } },
    ]);
  });

  it("finds a CAPS by its pipelines", async () => {
    const name = "space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz";
    const folder = study([
      ...people.map((id) => `caps/subjects/sub-${id}/ses-M000/t1_linear/sub-${id}_ses-M000_${name}`),
      "empty/subjects/sub-01/ses-M000/a.txt",
    ]);
    expect((await found(folder)).offers).toMatchObject([
      { place: "caps", name: "t1-linear", count: 3 },
      { place: "empty", name: "t1-linear", count: 0 },
    ]);
  });
});

describe("suggestedPatterns", () => {
  it("leave out a word of the study that all names begin with", () => {
    const files = ["001", "002", "003"].map((id) => `kopf_${id}_T1.nii.gz`);
    expect(suggestedPatterns(files)).toEqual(["kopf_{participant}_T1.nii.gz"]);
    expect(suggestedPatterns(files.map((file) => file.replace("kopf_", "lab-a_head-")))).toEqual([
      "lab-a_head-{participant}_T1.nii.gz",
    ]);
  });

  it("take no images of one person for people", () => {
    expect(suggestedPatterns(["P01_T1.nii", "P01_T2.nii", "P01_FLAIR.nii", "P01_PD.nii"])).toEqual([]);
  });
});

describe("suggestedPattern", () => {
  it.each([
    ["sub-01_ses-M000_T1w.nii.gz", "sub-{participant}_ses-{session}_T1w.nii.gz"],
    ["sub-01_T1w.nii", "sub-{participant}_T1w.nii"],
    ["P01_T1.nii", "{participant}_T1.nii"],
    ["P01.nii", "{participant}.nii"],
    ["P01/P01_T1.nii", "{participant}/{participant}_T1.nii"],
  ])("of %s is %s", (file, pattern) => {
    expect(suggestedPattern(file)).toBe(pattern);
  });
});
