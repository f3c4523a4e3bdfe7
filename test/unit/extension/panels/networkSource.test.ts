import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readNetworkSource } from "../../../../src/extension/panels/networkSource";
import { writePhantomStudy } from "../../../support/phantomStudy";
import { describeWithReference, reference } from "../../../support/reference";

describe("readNetworkSource", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "gyrus-source-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const read = async (experiment: unknown) => {
    const file = join(folder, "my.experiment.json");
    await writeFile(file, typeof experiment === "string" ? experiment : JSON.stringify(experiment));
    const state = await readNetworkSource(file);
    return state.kind === "read" ? state.source : state;
  };

  it("takes what is usual for what the experiment does not say", async () => {
    expect(await read({})).toMatchObject({
      name: "my.experiment.json",
      architecture: "Conv5_FC3",
      task: "classification",
      outputSize: null,
    });
    expect(await read({ network_task: "reconstruction" })).toMatchObject({ architecture: "AE_Conv5_FC3" });
  });

  it.each([
    [{ preprocessing: "t1-linear", mode: "image" }, [1, 169, 208, 179]],
    [{ preprocessing: "t1-linear", mode: "image", use_uncropped_image: true }, [1, 193, 229, 193]],
    [{ preprocessing: "t1-linear", mode: "patch", patch_size: 32 }, [1, 32, 32, 32]],
    [{ preprocessing: "t1-linear", mode: "slice", slice_direction: 2, slice_mode: "rgb" }, [3, 169, 208]],
    [{ preprocessing: "custom", mode: "image", custom_suffix: "x.nii.gz" }, null],
    [{ preprocessing: "t1-linear", mode: "roi", roi_list: ["hippocampus"] }, null],
  ])("knows the size of %j", async (preprocessing_dict, inputSize) => {
    expect(await read({ preprocessing_dict })).toMatchObject({ inputSize });
  });

  describe("with its data", () => {
    const experiment = (preprocessing: Readonly<Record<string, unknown>>) => ({
      caps_directory: "caps",
      tsv_path: "split",
      preprocessing_dict: { preprocessing: "t1-linear", ...preprocessing },
    });
    beforeEach(async () => {
      const options = { train: 3, validation: 1, test: 0 };
      await writePhantomStudy(folder, { ...options, size: [12, 14, 10] });
    });

    it.each([
      [{ mode: "image" }, [1, 12, 14, 10]],
      [{ mode: "slice", slice_direction: 0, slice_mode: "single" }, [1, 14, 10]],
      [{ mode: "patch", patch_size: 5, stride_size: 5 }, [1, 5, 5, 5]],
    ])("takes the size of its images and the number of its classes: %j", async (preprocessing, inputSize) => {
      expect(await read(experiment(preprocessing))).toMatchObject({ inputSize, outputSize: 2 });
    });

    it("looks further when the first image is missing", async () => {
      await rm(join(folder, "caps", "subjects", "sub-000"), { recursive: true });
      expect(await read(experiment({ mode: "image" }))).toMatchObject({ inputSize: [1, 12, 14, 10] });
    });

    it("takes what is usual when there are no images, or no tables, and says that it is a guess", async () => {
      const guess = { inputSize: [1, 169, 208, 179], sizeIsGuess: true };
      expect(await read(experiment({ mode: "image" }))).not.toHaveProperty("sizeIsGuess");
      await rm(join(folder, "split"), { recursive: true });
      expect(await read(experiment({ mode: "image" }))).toMatchObject(guess);
      await rm(join(folder, "caps"), { recursive: true });
      expect(await read(experiment({ mode: "image" }))).toMatchObject(guess);
      const patches = { mode: "patch", patch_size: 5, stride_size: 5 };
      expect(await read(experiment(patches))).not.toHaveProperty("sizeIsGuess");
    });
  });

  it("counts classes by code, and one output for a value", async () => {
    expect(await read({ label_code: { AD: 0, CN: 1, sMCI: 1 } })).toMatchObject({ outputSize: 2 });
    expect(await read({ diagnoses: ["AD", "MCI", "CN"] })).toMatchObject({ outputSize: 3 });
    expect(await read({ network_task: "regression" })).toMatchObject({ outputSize: 1 });
  });

  it("reads the user's own layers with their defaults, and says where they are wrong", async () => {
    const own = { convolutions: [{ layer: "Conv", out_channels: 4 }], fc: [{ layer: "Flatten" }] };
    expect(await read({ architecture: own })).toMatchObject({
      architecture: { convolutions: [{ layer: "Conv", out_channels: 4, kernel_size: 3 }] },
    });
    const wrong = { convolutions: [{ layer: "Conv", out_channels: -4 }] };
    expect(await read({ architecture: wrong })).toMatchObject({
      kind: "unreadable",
      problem: expect.stringContaining("architecture.convolutions.0.out_channels"),
    });
  });

  it("says what is no experiment, and what is not there", async () => {
    expect(await read("{ half")).toMatchObject({ kind: "unreadable", name: "my.experiment.json" });
    expect(await read([])).toMatchObject({ problem: expect.stringContaining("object") });
    expect(await readNetworkSource(join(folder, "no-maps"))).toMatchObject({ kind: "unreadable" });
  });
});

describeWithReference(
  "readNetworkSource of ClinicaDL's MAPS",
  ["reference/maps_image", "reference/maps_ae"],
  () => {
    it("finds the network that was trained, at its size", async () => {
      expect(await readNetworkSource(reference("reference/maps_image"))).toMatchObject({
        source: { architecture: "Conv5_FC3", inputSize: [1, 49, 57, 45], outputSize: 2, layout: "clinicadl" },
      });
      expect(await readNetworkSource(reference("reference/maps_ae"))).toMatchObject({
        source: { architecture: "AE_Conv5_FC3", task: "reconstruction" },
      });
    });
  },
);
