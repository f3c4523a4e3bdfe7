import { describe, expect, it } from "vitest";
import { planAugmentation } from "../../../src/data/plan/augmentationPlan";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { parametersOf } from "../../../src/maps/folder/mapsJson";
import { affineOfColumns } from "../../../src/space/affine";

const smallest = { caps_directory: "caps", tsv_path: "tsv", preprocessing_dict: { mode: "patch" } };
const flip = { kind: "flip" };

const resolved = (changes: object) =>
  resolveExperiment({ ...smallest, ...changes }, "/study/experiment.json");
const placesOf = (changes: object) =>
  resolved(changes).problems.map(({ severity, code, where }) => `${severity} ${code} ${where}`);

describe("the key augmentation", () => {
  it("takes each transform with the defaults of the field", () => {
    const { experiment } = resolved({
      augmentation: { transforms: [flip, { kind: "affine" }, { kind: "elastic" }] },
    });
    expect(experiment?.augmentation).toMatchObject({
      on: "part",
      transforms: [
        { kind: "flip", axes: ["left-right"] },
        { kind: "affine", scales: [0.9, 1.1], degrees: [-10, 10], translation: [0, 0], padding: "minimum" },
        { kind: "elastic", control_points: 7, max_displacement: 7.5, locked_borders: 2 },
      ],
    });
    expect(resolved({}).experiment?.augmentation).toBeNull();
  });

  it("refuses a second key that says the same", () => {
    const both = { augmentation: { transforms: [flip] }, data_augmentation: ["Noise"] };
    expect(placesOf(both)).toEqual(["error augmentation.twice augmentation"]);
    expect(placesOf({ ...both, data_augmentation: false })).toEqual([]);
    expect(placesOf({ ...both, data_augmentation: [] })).toEqual([]);
  });

  it("refuses ranges the wrong way round, inside of one_of too", () => {
    const turned = { kind: "affine", degrees: [10, -10], scales: [1.2, 0.8] };
    const transforms = [flip, { one_of: [turned, flip] }];
    expect(placesOf({ augmentation: { transforms } })).toEqual([
      "error augmentation.range augmentation.transforms.1.one_of.0.scales",
      "error augmentation.range augmentation.transforms.1.one_of.0.degrees",
    ]);
  });

  it("refuses whole images where their parts are normalised by themselves, or stand as tensors", () => {
    const augmentation = { on: "image", transforms: [flip] };
    expect(placesOf({ augmentation })).toEqual(["error augmentation.normalised-parts augmentation.on"]);
    expect(placesOf({ augmentation, intensity: { kind: "z-score" } })).toEqual([]);
    expect(placesOf({ augmentation, normalize: false })).toEqual([]);
    expect(placesOf({ augmentation, preprocessing_dict: { mode: "image" } })).toEqual([]);
    const preprocessing_dict = { mode: "patch", prepare_dl: true };
    expect(placesOf({ augmentation, normalize: false, preprocessing_dict })).toEqual([
      "error augmentation.tensors augmentation.on",
    ]);
  });

  it("names what is wrong inside of a transform", () => {
    expect(placesOf({ augmentation: { transforms: [{ kind: "flap" }] } })).toEqual([
      "error key.value augmentation.transforms.0.kind",
    ]);
    expect(placesOf({ augmentation: { transforms: [{ kind: "affine", degree: [1, 2] }] } })).toEqual([
      "error key.not-known-here augmentation.transforms.0.degree",
    ]);
    expect(placesOf({ augmentation: { transforms: [{ kind: "flip", axes: ["left-left"] }] } })).toEqual([
      "error key.value augmentation.transforms.0.axes.0",
    ]);
    expect(placesOf({ augmentation: { transforms: [] } })).toEqual([
      "error key.value augmentation.transforms",
    ]);
    expect(placesOf({ augmentation: { transforms: [{ one_of: [flip] }] } })).toEqual([
      "error key.value augmentation.transforms.0.one_of",
    ]);
  });

  it("stands last in maps.json, where ClinicaDL finds no augmentation, and is read from there again", () => {
    const { experiment } = resolved({ augmentation: { transforms: [{ kind: "elastic" }] } });
    const facts = { partsPerImage: 1, inputSize: [1, 4, 4, 4], outputSize: 2 };
    const json = parametersOf(experiment!, facts, "1.0.0");
    expect(json.data_augmentation).toBe(false);
    const keys = Object.keys(json);
    expect(keys.indexOf("augmentation")).toBeGreaterThan(keys.indexOf("input_size"));
    const again = resolveExperiment(JSON.parse(JSON.stringify(json)), "/maps/maps.json");
    expect(again.experiment?.augmentation).toEqual(experiment?.augmentation);
  });
});

describe("the frame of an input", () => {
  /** Posterior, superior, right: millimetres 1, 2, 3. */
  const affine = affineOfColumns(
    [
      [0, -1, 0],
      [0, 0, 2],
      [3, 0, 0],
    ],
    [5, 6, 7],
  );
  const { experiment } = resolved({ augmentation: { on: "image", transforms: [flip] }, normalize: false });
  const planOf = (cut: Parameters<typeof planAugmentation>[2], reduction: number | null = null) =>
    planAugmentation(experiment!, { shape: [4, 5, 6], affine }, cut, reduction);

  it("is that of the image, for a whole image in which it does not matter what is cut first", () => {
    expect(planOf({ mode: "patch", size: 2, stride: 2, counts: [2, 2, 3] })).toMatchObject({
      on: "image",
    });
    expect(planOf({ mode: "image" })).toMatchObject({
      on: "part",
      frame: { voxelSize: [1, 2, 3], worldAxes: [1, 2, 0] },
    });
    expect(planOf({ mode: "image" }, 2)).toMatchObject({ frame: { voxelSize: [2, 4, 6] } });
  });

  it("is that of the plane, for a slice", () => {
    const slice = { mode: "slice", direction: 1, first: 0, count: 5, channels: 1 } as const;
    const parts = { ...experiment!, augmentation: { ...experiment!.augmentation!, on: "part" as const } };
    expect(planAugmentation(parts, { shape: [4, 5, 6], affine }, slice, null)).toMatchObject({
      frame: {
        voxelSize: [1, 3, 1],
        worldAxes: [1, 0],
        affine: affineOfColumns(
          [
            [-1, 0, 0],
            [0, 3, 0],
            [0, 0, 1],
          ],
          [0, 0, 0],
        ),
      },
    });
  });
});
