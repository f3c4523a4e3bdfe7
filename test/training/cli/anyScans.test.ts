/** From the files and the table of a study, as people have them, to splits, a training, answers and maps: by commands alone. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import {
  bidsWithoutSessions,
  fmriprepStudy,
  folderWithCsv,
  type OtherStudy,
  tableOfTwoDisks,
  twoSites,
} from "../../support/otherPlaces";
import { tinyArchitecture, writePhantomStudy } from "../../support/phantomStudy";
import { type Row, writeTable } from "../../support/study";

const STUDIES: Readonly<Record<string, () => Promise<OtherStudy>>> = {
  "a derivative of fMRIPrep": fmriprepStudy,
  "a BIDS without sessions": bidsWithoutSessions,
  "a folder of files with a spreadsheet of another country": folderWithCsv,
  "paths on two disks": tableOfTwoDisks,
  "two sites of different voxels and axes": twoSites,
};

/** Trains one epoch of a small network, in the test's own thread. */
const settings = {
  architecture: tinyArchitecture,
  epochs: 1,
  batch_size: 4,
  n_proc: 0,
  engine: "onnx",
  threads: 1,
} as const;

const json = async (...words: string[]) => resultOf((await gyrus(...words, "--json")).printed);

describe("a study of any scans", () => {
  it.each(Object.keys(STUDIES))("%s is split, trained on, predicted and explained", async (name) => {
    const { folder, images, people, space } = (await STUDIES[name]?.())!;
    const file = join(folder, "study.experiment.json");
    const asked = { ...settings, images, tsv_path: "splits", ...(space === undefined ? {} : { space }) };
    writeFileSync(file, JSON.stringify(asked));
    const sets = ["--test", "4", "--validation", "0.3"];
    const splits = await json("tsv", "make-splits", people, "--experiment", file, ...sets);
    expect(splits).toMatchObject({ people: 22, test: 4, classes: ["AD", "CN"], leftOut: [] });
    writeFileSync(file, JSON.stringify({ ...asked, ...splits.experiment }));

    const maps = join(folder, "maps");
    expect(await json("train", file, "--output", maps)).toMatchObject({ reason: "completed" });
    await json("predict", maps, "new", "--tsv", splits.testTable);
    await json("interpret", maps, "new", "why", "gradients");
    const results = mapsPlace(maps).split(0).best("loss").results("new");
    const { rows } = await readPredictions(results.predictionTsv("image"), "classification");
    const apart = readFileSync(splits.testTable, "utf8").trim().split("\n").slice(1);
    expect(rows.map(({ participantId, sessionId }) => `${participantId}\t${sessionId}`).sort()).toEqual(
      apart.map((row) => row.split("\t").slice(0, 2).join("\t")).sort(),
    );
    for (const { participantId, sessionId } of rows) {
      const map = `${participantId}_${sessionId}_image-0_map.nii.gz`;
      expect(existsSync(join(results.folder, "interpret-why", map))).toBe(true);
    }
  });
});

describe("cohorts whose images stand in places of different kinds", () => {
  it("are trained on together, predicted and explained, each by its own ids", async () => {
    const folder = temporaryFolder();
    await writePhantomStudy(folder, { test: 2, seed: 5 });
    const bids = await bidsWithoutSessions(6);
    const files = await folderWithCsv(7);
    const cohorts = [
      { cohort: "adni", images: "caps", home: folder, test: join(folder, "test.tsv") },
      { cohort: "bids", images: "bids.json", home: bids.folder, test: bids.test },
      { cohort: "files", images: "files.json", home: files.folder, test: files.test },
    ];
    writeFileSync(join(folder, "bids.json"), JSON.stringify(bids.images));
    writeFileSync(join(folder, "files.json"), JSON.stringify(files.images));
    const table = (name: string, path: (cohort: (typeof cohorts)[number]) => Row) =>
      writeTable(
        join(folder, name),
        cohorts.map((one) => ({ cohort: one.cohort, ...path(one) })),
      );
    const caps = table("places.tsv", ({ images }) => ({ path: images }));
    const tsv = table("splits.tsv", ({ home }) => ({ path: join(home, "split"), diagnoses: "AD,CN" }));
    const tests = table("tests.tsv", ({ test }) => ({ path: test, diagnoses: "AD,CN" }));
    const file = join(folder, "cohorts.experiment.json");
    const asked = { ...settings, multi_cohort: true, caps_directory: caps, tsv_path: tsv };
    writeFileSync(file, JSON.stringify(asked));
    await json("check", file);

    const maps = join(folder, "maps");
    expect(await json("train", file, "--output", maps)).toMatchObject({ reason: "completed" });
    await json("predict", maps, "new", "--caps", caps, "--tsv", tests);
    await json("interpret", maps, "new", "why", "gradients");
    const results = mapsPlace(maps).split(0).best("loss").results("new");
    const { rows } = await readPredictions(results.predictionTsv("image"), "classification");
    const ids = rows.map(({ participantId, sessionId }) => `${participantId} ${sessionId}`);
    expect(ids).toEqual([
      ...["018", "019"].map((id) => `sub-${id} ses-M000`),
      ...["018", "019", "020", "021"].map((id) => `sub-${id} ses-M000`),
      ...["018", "019", "020", "021"].map((id) => `P${id} ses-M000`),
    ]);
    // The MAPS knows where each cohort stands. People of one name in two of them have files of their own.
    for (const name of ["adni_sub-018", "bids_sub-018", "P018"]) {
      const map = `${name}_ses-M000_image-0_map.nii.gz`;
      expect(existsSync(join(results.folder, "interpret-why", map))).toBe(true);
    }
  });
});
