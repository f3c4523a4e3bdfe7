/** Images that stand in no CAPS, from the files of the user to a training, answers and maps: by commands alone. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { readExperiment } from "../../../src/experiment/file/resolve";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import {
  bidsWithoutSessions,
  fmriprepStudy,
  folderWithCsv,
  type OtherStudy,
  tableOfTwoDisks,
} from "../../support/otherPlaces";
import { tinyArchitecture } from "../../support/phantomStudy";

/** Trains one epoch; the MAPS. */
async function trained({ folder, images }: OtherStudy, changes: object): Promise<string> {
  const [file, maps] = [join(folder, "test.experiment.json"), join(folder, "maps")];
  const experiment = {
    images,
    tsv_path: "split",
    architecture: tinyArchitecture,
    epochs: 1,
    batch_size: 4,
    n_proc: 0,
    engine: "onnx",
    threads: 1,
    ...changes,
  };
  writeFileSync(file, JSON.stringify(experiment));
  expect((await readExperiment(file)).problems).toEqual([]);
  const { printed } = await gyrus("train", file, "--output", maps, "--json");
  expect(resultOf(printed)).toMatchObject({ reason: "completed" });
  return maps;
}

/** Predicts the test group and explains it; the ids that were answered. */
async function answered(
  maps: string,
  mode: "image" | "patch" | "slice" | "roi",
  ...words: readonly string[]
) {
  resultOf((await gyrus("predict", maps, "test", ...words, "--json")).printed);
  resultOf((await gyrus("interpret", maps, "test", "why", "gradients", "--json")).printed);
  const place = mapsPlace(maps).split(0).best("loss").results("test");
  expect(existsSync(join(place.folder, "interpret-why", "interpretation.json"))).toBe(true);
  const { rows } = await readPredictions(place.predictionTsv(mode), "classification");
  return [...new Set(rows.map(({ participantId, sessionId }) => `${participantId} ${sessionId}`))];
}

const TESTED = ["018", "019", "020", "021"];

describe("a training on images that stand in no CAPS", () => {
  it("is possible on what fMRIPrep wrote, and its maps.json is one of an experiment", async () => {
    const study = await fmriprepStudy();
    const maps = await trained(study, {});
    // The images of a new group are looked for where those of the training are.
    expect(await answered(maps, "image", "--tsv", study.test)).toEqual(TESTED.map((id) => `sub-${id} ses-1`));
    const json = JSON.parse(readFileSync(mapsPlace(maps).mapsJson, "utf8"));
    expect(json).toMatchObject({ caps_directory: "", images: study.images });
    expect(json.clinicadl).toMatch(/ClinicaDL cannot read/);
    const { experiment, problems } = await readExperiment(mapsPlace(maps).mapsJson);
    expect(problems).toEqual([]);
    expect(experiment).toMatchObject({ caps_directory: "", images: study.images });
    const again = await gyrus(
      "train",
      mapsPlace(maps).mapsJson,
      "--output",
      join(study.folder, "again"),
      "--json",
    );
    expect(resultOf(again.printed)).toMatchObject({ reason: "completed" });
  });

  it("is possible on patches of a BIDS without sessions", async () => {
    const study = await bidsWithoutSessions();
    const maps = await trained(study, {
      preprocessing_dict: { mode: "patch", patch_size: 8, stride_size: 4 },
    });
    const file = join(study.folder, "images.json");
    writeFileSync(file, JSON.stringify({ bids: "bids" }));
    expect(await answered(maps, "patch", "--images", file, "--tsv", study.test)).toEqual(
      TESTED.map((id) => `sub-${id} ses-M000`),
    );
  });

  it("is possible on slices of a folder of files, with tables of another country", async () => {
    const study = await folderWithCsv();
    const maps = await trained(study, {
      preprocessing_dict: { mode: "slice", slice_mode: "single", discarded_slices: 5 },
    });
    const images = JSON.stringify(study.images);
    expect(await answered(maps, "slice", "--images", images, "--tsv", study.test)).toEqual(
      TESTED.map((id) => `P${id} ses-M000`),
    );
  });

  it("is possible on regions of images whose paths a table names, on two disks", async () => {
    const study = await tableOfTwoDisks();
    const shape: [number, number, number] = [12, 14, 10];
    const inside = (voxel: number) => Math.floor(voxel / 140) > 1 && Math.floor(voxel / 140) < 10;
    const data = Float32Array.from({ length: 12 * 14 * 10 }, (_, voxel) => (inside(voxel) ? 1 : 0));
    await writeNifti(join(study.folder, "masks", "mine_roi-middle_mask.nii.gz"), { shape, data });
    const maps = await trained(study, { preprocessing_dict: { mode: "roi", roi_list: ["middle"] } });
    expect(await answered(maps, "roi", "--tsv", study.test)).toEqual(
      TESTED.map((id) => `sub-${id} ses-M000`),
    );
  });
});
