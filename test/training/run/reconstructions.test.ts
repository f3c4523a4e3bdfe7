import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { loadTensor } from "../../../src/maps/weights/tensorFile";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { imageFile } from "../../support/study";
import { trainPhantom } from "../../support/trainPhantom";

const affine = [
  [-2, 0, 0, 90],
  [0, 3, 0, -126],
  [0, 0, 4, -72],
  [0, 0, 0, 1],
];

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await createOnnxEngine({ threads: 1 });
  folder = mkdtempSync(join(tmpdir(), "gyrus-"));
  const study = await writePhantomStudy(folder, { train: 6, validation: 4, test: 2 });
  for (const { participant_id = "" } of [...study.train, ...study.validation, ...study.test]) {
    const file = imageFile(join(folder, "caps"), participant_id);
    const { header, data } = await readNifti(file);
    await writeNifti(file, { shape: header.shape, data, affine });
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

const autoencoder = { network_task: "reconstruction", epochs: 1 };

describe("reconstructions", () => {
  it("of the first image of each set are kept, as tensors and in the space of their input", async () => {
    const maps = join(folder, "images");
    await trainPhantom(phantomExperiment(folder, autoencoder), maps, { engine });
    for (const [group, participant] of [
      ["train", "sub-000"],
      ["validation", "sub-006"],
    ] as const) {
      const results = mapsPlace(maps).split(0).best("loss").results(group).folder;
      expect(readdirSync(join(results, "tensors")).sort()).toEqual([
        `${participant}_ses-M000_image-0_input.pt`,
        `${participant}_ses-M000_image-0_output.pt`,
      ]);
      const volume = await readNifti(
        join(results, "nifti_images", `${participant}_ses-M000_image_output.nii.gz`),
      );
      expect(volume.header.affine).toEqual(affine);
      const input = await loadTensor(join(results, "tensors", `${participant}_ses-M000_image-0_input.pt`));
      const output = await loadTensor(join(results, "tensors", `${participant}_ses-M000_image-0_output.pt`));
      expect(output.shape).toEqual([1, 12, 14, 10]);
      expect(volume.data).toEqual(output.data);
      const error = [...input.data].reduce<number>(
        (sum, value, i) => sum + Math.abs(Number(value) - Number(output.data[i])),
        0,
      );
      const table = await readPredictions(
        mapsPlace(maps).split(0).best("loss").results(group).predictionTsv("image"),
        "reconstruction",
      );
      if (table.task !== "reconstruction") throw new Error("reconstruction expected");
      expect(error / input.data.length).toBeCloseTo(table.rows[0]!.metrics.MAE!, 6);
    }
  });

  it("of a patch lie where the patch lay", async () => {
    const maps = join(folder, "patches");
    const preprocessing_dict = { mode: "patch", patch_size: 7, stride_size: 5 };
    await trainPhantom(phantomExperiment(folder, { ...autoencoder, preprocessing_dict }), maps, { engine });
    const files = readdirSync(
      join(mapsPlace(maps).split(0).best("loss").results("train").folder, "nifti_images"),
    );
    expect(files).toHaveLength(2 * 4);
    // Patch 3 begins at voxel (5, 5, 0).
    const file = join(
      mapsPlace(maps).split(0).best("loss").results("train").folder,
      "nifti_images",
      "sub-000_ses-M000_patch-3_output.nii.gz",
    );
    const { header } = await readNifti(file);
    expect(header.shape).toEqual([7, 7, 7]);
    expect(header.affine.map((row) => row[3])).toEqual([90 - 2 * 5, -126 + 3 * 5, -72, 1]);
  });

  it("of a predicted group are kept on request", async () => {
    const maps = join(folder, "images");
    const request = { maps, caps: join(folder, "caps"), tsv: join(folder, "test.tsv") };
    await predictGroup({ ...request, group: "plain" }, { engine });
    expect(
      existsSync(join(mapsPlace(maps).split(0).best("loss").results("plain").folder, "nifti_images")),
    ).toBe(false);
    await predictGroup({ ...request, group: "kept", saveNifti: true, saveTensors: true }, { engine });
    expect(
      readdirSync(join(mapsPlace(maps).split(0).best("loss").results("kept").folder, "nifti_images")),
    ).toHaveLength(4);
    expect(
      readdirSync(join(mapsPlace(maps).split(0).best("loss").results("kept").folder, "tensors")),
    ).toHaveLength(4);
  });
});
