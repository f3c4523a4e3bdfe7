import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import type { Engine } from "../../../src/engine/engine";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPlanes } from "../../../src/maps/reconstructions/planesFile";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { loadTensor } from "../../../src/maps/weights/tensorFile";
import { LARGEST_DIFFERENCE } from "../../../src/space/keptPlanes";
import { predictGroup } from "../../../src/training/results/predictGroup";
import { phantomExperiment, writePhantomStudy } from "../../support/phantomStudy";
import { writeRegions } from "../../support/regions";
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
const parts = { mode: "patch", patch_size: 7, stride_size: 5 };

describe("while an autoencoder trains", () => {
  const trained = async (name: string, changes: Readonly<Record<string, unknown>>) => {
    const maps = join(folder, name);
    const experiment = phantomExperiment(folder, { ...autoencoder, epochs: 3, ...changes });
    const { events } = await trainPhantom(experiment, maps, { engine });
    return { maps, told: events.filter((event) => event.kind === "reconstruction"), events };
  };

  it("planes of validation images are kept at each best epoch, whole volumes at the last", async () => {
    const { maps, told, events } = await trained("seen", {});
    const place = mapsPlace(maps).split(0).network();
    const improved = events.flatMap((event) =>
      event.kind === "epoch" && event.improved.includes("loss") ? [event.epoch] : [],
    );
    expect(told.map(({ epoch }) => epoch)).toEqual(improved);
    const names = ["sub-006", "sub-007", "sub-008", "sub-009"].map((id) => `${id}_ses-M000_image`);
    expect(readdirSync(place.reconstructionVolumes).sort()).toEqual(
      names.flatMap((name) => ["difference", "input", "output"].map((kind) => `${name}_${kind}.nii.gz`)),
    );
    const last = told.at(-1)!;
    const images = await readPlanes(place.reconstructionPlanes(last.epoch));
    for (const [i, { name, metrics, part }] of last.images.entries()) {
      const volume = async (kind: string) =>
        await readNifti(join(place.reconstructionVolumes, `${name}_${kind}.nii.gz`));
      const [input, output, difference] = [
        await volume("input"),
        await volume("output"),
        await volume("difference"),
      ];
      const errors = output.data.map((value, voxel) => value - input.data[voxel]!);
      expect([name, part]).toEqual([names[i], null]);
      expect(difference.data).toEqual(errors);
      expect(errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length).toBeCloseTo(
        metrics.MAE!,
        6,
      );
      const { size, affine: kept, low, high, planes } = images[i]!;
      expect([size, kept]).toEqual([[12, 14, 10], affine]);
      const axial = planes.find(({ through }) => through === 2)!;
      const voxel = (3 * 14 + 8) * 10 + 5;
      const inPlane = 3 * 14 + 8;
      const shade = (value: number) => Math.min(255, Math.max(0, (255 * (value - low)) / (high - low)));
      expect(axial.output[inPlane]! - shade(output.data[voxel]!)).toBeCloseTo(0, 0);
      const level = (127 * errors[voxel]!) / (LARGEST_DIFFERENCE * (high - low));
      expect(axial.difference[inPlane]! - 128 - Math.min(127, Math.max(-127, level))).toBeCloseTo(0, 0);
    }
  });

  it("parts are seen where they lie, by their own network", async () => {
    const { maps, told } = await trained("seenParts", { preprocessing_dict: parts, multi_network: true });
    const of = told.filter(({ epoch }) => epoch === 0).map(({ images }) => images.map(({ part }) => part));
    expect(of).toEqual(Array.from({ length: 4 }, (_, network) => Array(4).fill(network)));
    const [image] = await readPlanes(mapsPlace(maps).split(0).network(3).reconstructionPlanes(0));
    // Patch 3 begins at voxel (5, 5, 0).
    expect([image!.size, image!.affine.map((row) => row[3])]).toEqual([
      [7, 7, 7],
      [90 - 2 * 5, -126 + 3 * 5, -72, 1],
    ]);
    expect(image!.planes).toHaveLength(3);
  });

  it("regions are seen where they lie, by their own network, and black outside of their mask", async () => {
    const shape = [12, 14, 10] as const;
    const [left, right] = [[1, 2, 3] as const, [7, 6, 2] as const];
    await writeRegions(join(folder, "caps"), shape, { left, right }, affine);
    const preprocessing_dict = { mode: "roi", roi_list: ["left", "right"] };
    const { maps, told } = await trained("seenRegions", { preprocessing_dict, multi_network: true });
    const of = told.filter(({ epoch }) => epoch === 0).map(({ images }) => images.map(({ part }) => part));
    expect(of).toEqual([Array(4).fill(0), Array(4).fill(1)]);
    const image = await readNifti(imageFile(join(folder, "caps"), "sub-006"));
    for (const [network, [x, y, z]] of [left, right].entries()) {
      const place = mapsPlace(maps).split(0).network(network);
      const [kept] = await readPlanes(place.reconstructionPlanes(0));
      expect([kept!.size, kept!.affine.map((row) => row[3])]).toEqual([
        [4, 4, 4],
        [90 - 2 * x, -126 + 3 * y, -72 + 4 * z, 1],
      ]);
      const [file] = readdirSync(place.reconstructionVolumes).filter((name) =>
        name.endsWith("_input.nii.gz"),
      );
      expect(file).toBe(`sub-006_ses-M000_roi-${network}_input.nii.gz`);
      const { data } = await readNifti(join(place.reconstructionVolumes, file!));
      // The mask leaves out the first voxel of its box. Intensities are scaled to 0 to 1: their order is that of the image.
      expect(data[0]).toBe(0);
      const stored = (voxel: number) => {
        const [i, j, k] = [voxel >> 4, (voxel >> 2) & 3, voxel & 3];
        return image.data[((x + i) * 14 + y + j) * 10 + z + k]!;
      };
      const order = (value: (voxel: number) => number) =>
        Array.from({ length: 63 }, (_, i) => i + 1).sort((a, b) => value(a) - value(b));
      expect(order((voxel) => data[voxel]!)).toEqual(order(stored));
    }
  });

  it("of a slice there is the slice", async () => {
    const preprocessing_dict = {
      mode: "slice",
      slice_direction: 2,
      slice_mode: "rgb",
      discarded_slices: [2, 2],
    };
    const { maps, told } = await trained("seenSlices", { preprocessing_dict, epochs: 1 });
    expect(told.at(-1)!.images.map(({ part }) => part)).toEqual([5, 5, 5, 5]);
    const [image] = await readPlanes(mapsPlace(maps).split(0).network().reconstructionPlanes(0));
    expect([image!.size, image!.planes.map(({ through }) => through)]).toEqual([[12, 14, 1], [2]]);
  });

  it("no more is kept than is asked for", async () => {
    const few = { epochs: 1, kept_reconstructions: 2, kept_reconstructions_mb: 0.0007 };
    const { maps } = await trained("few", few);
    const file = mapsPlace(maps).split(0).network().reconstructionPlanes(0);
    const [image, ...others] = await readPlanes(file);
    expect([image!.size, others.length]).toEqual([[6, 7, 5], 1]);
    const none = await trained("none", { epochs: 1, kept_reconstructions: 0 });
    expect(none.told).toEqual([]);
    expect(existsSync(mapsPlace(none.maps).split(0).network().reconstructions)).toBe(false);
  });
});

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
