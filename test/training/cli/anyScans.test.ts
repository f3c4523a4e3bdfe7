/** From the files and the table of a study, as people have them, to splits, a training, answers and maps: by commands alone. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import {
  bidsWithoutSessions,
  fmriprepStudy,
  folderWithCsv,
  type OtherStudy,
  tableOfTwoDisks,
  twoSites,
} from "../../support/otherPlaces";
import { tinyArchitecture } from "../../support/phantomStudy";

const STUDIES: Readonly<Record<string, () => Promise<OtherStudy>>> = {
  "a derivative of fMRIPrep": fmriprepStudy,
  "a BIDS without sessions": bidsWithoutSessions,
  "a folder of files with a spreadsheet of another country": folderWithCsv,
  "paths on two disks": tableOfTwoDisks,
  "two sites of different voxels and axes": twoSites,
};

const json = async (...words: string[]) => resultOf((await gyrus(...words, "--json")).printed);

describe("a study of any scans", () => {
  it.each(Object.keys(STUDIES))("%s is split, trained on, predicted and explained", async (name) => {
    const { folder, images, people, space } = (await STUDIES[name]?.())!;
    const file = join(folder, "study.experiment.json");
    const asked = {
      images,
      tsv_path: "splits",
      ...(space === undefined ? {} : { space }),
      architecture: tinyArchitecture,
      epochs: 1,
      batch_size: 4,
      n_proc: 0,
      engine: "onnx",
      threads: 1,
    };
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
