import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadExperiment } from "../../../src/cli/runExperiment";
import { duplicateKeys } from "../../../src/experiment/file/duplicateKeys";
import { asksForGpu, readExperiment, resolveExperiment } from "../../../src/experiment/file/resolve";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { experimentSchema } from "../../../src/experiment/schema/schema";
import { constantAnswer } from "../../../src/run/constantAnswer";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";

const folder = temporaryFolder();
const base = { caps_directory: "caps", tsv_path: "split" };
const problemsWith = (changes: object) =>
  resolveExperiment({ ...base, ...changes }, "/study/exp.json").problems;
const idle = (changes: object) =>
  problemsWith(changes).flatMap(({ code, where }) => (code === "key.no-effect" ? [where] : []));
const ownLayers = {
  convolutions: [{ layer: "Conv", out_channels: 4 }],
  fc: [{ layer: "Flatten" }, { layer: "Linear" }],
};

describe("a value that does nothing is said", () => {
  it.each([
    ["dropout", { architecture: ownLayers, dropout: 0.5 }, { dropout: 0.5 }],
    ["dropout", { network_task: "reconstruction", dropout: 0.5 }, { dropout: 0.5 }],
    [
      "latent_space_size",
      { latent_space_size: 64 },
      { network_task: "reconstruction", architecture: "CAE_half", latent_space_size: 64 },
    ],
    [
      "label_code",
      { network_task: "regression", label_code: { CN: 0 } },
      { network_task: "regression", label_code: {} },
    ],
    [
      "class_weights",
      { network_task: "reconstruction", class_weights: [1, 2] },
      { class_weights: "balanced" },
    ],
    ["networks_at_once", { networks_at_once: 2 }, { networks_at_once: 1 }],
    ["splits_at_once", { splits_at_once: 2 }, { n_splits: 5, splits_at_once: 2 }],
    ["nb_unfrozen_layer", { nb_unfrozen_layer: 1 }, { transfer_path: "maps", nb_unfrozen_layer: 1 }],
    [
      "loss_beta",
      { network_task: "regression", loss: "HuberLoss", loss_beta: 2 },
      { network_task: "regression", loss: "SmoothL1Loss", loss_beta: 2 },
    ],
    [
      "loss_delta",
      { network_task: "regression", loss_delta: 2 },
      { network_task: "regression", loss: "HuberLoss", loss_delta: 2 },
    ],
    [
      "transfer_selection_metric",
      { transfer_selection_metric: "BA" },
      { transfer_path: "maps", transfer_selection_metric: "BA" },
    ],
    ["tolerance", { patience: 0, tolerance: 0.1 }, { tolerance: 0.1 }],
    ["patience", { patience: 30, epochs: 20 }, { patience: 15, epochs: 20 }],
    ["adaptive_learning_rate", { adaptive_learning_rate: true, epochs: 5 }, { adaptive_learning_rate: true }],
    [
      "size_reduction_factor",
      { size_reduction_factor: 3 },
      { size_reduction: true, size_reduction_factor: 3 },
    ],
    ["voting", { voting: "hard" }, { voting: "hard", preprocessing_dict: { mode: "patch" } }],
    [
      "selection_threshold",
      { selection_threshold: 0.6 },
      { selection_threshold: 0.6, preprocessing_dict: { mode: "patch" } },
    ],
    [
      "selection_threshold",
      { network_task: "regression", selection_threshold: 0.6, preprocessing_dict: { mode: "patch" } },
      { network_task: "regression", selection_threshold: 0 },
    ],
    [
      "preprocessing_dict.patch_size",
      { preprocessing_dict: { patch_size: 30 } },
      { preprocessing_dict: { mode: "patch", patch_size: 30 } },
    ],
    [
      "preprocessing_dict.roi_list",
      { preprocessing_dict: { roi_list: ["a"] } },
      { preprocessing_dict: { mode: "roi", roi_list: ["a"] } },
    ],
    [
      "preprocessing_dict.num_slices",
      { preprocessing_dict: { num_slices: 3 } },
      { preprocessing_dict: { mode: "slice", num_slices: 3 } },
    ],
    [
      "preprocessing_dict.tracer",
      { preprocessing_dict: { tracer: "18FFDG" } },
      {
        preprocessing_dict: { preprocessing: "pet-linear", tracer: "18FFDG", suvr_reference_region: "pons" },
      },
    ],
    [
      "preprocessing_dict.custom_suffix",
      { preprocessing_dict: { custom_suffix: "a.nii" } },
      { preprocessing_dict: { preprocessing: "custom", custom_suffix: "a.nii" } },
    ],
    [
      "space.interpolation",
      { space: { interpolation: "cubic" } },
      { space: { interpolation: "cubic", voxel_size: 2 } },
    ],
    ["space.center", { space: { voxel_size: 2, center: "head" } }, { space: { size: 64, center: "head" } }],
    ["normalize", { normalize: false, intensity: { kind: "z-score" } }, { normalize: false }],
  ])("%s", (where, without, effective) => {
    expect(idle(without)).toEqual([where]);
    expect(idle(effective)).toEqual([]);
  });

  it("is not said of defaults, which a maps.json of ClinicaDL holds all", () => {
    const { label_code: _, ...defaults } = experimentSchema.parse(base);
    expect(idle({ ...defaults, preprocessing_dict: preprocessingSchema.parse({}) })).toEqual([]);
  });
});

describe("keys of other tools", () => {
  it.each([
    ["lr", { lr: 0.01 }, "learning_rate"],
    ["max_epochs", { max_epochs: 3 }, "epochs"],
    ["accumulate_grad_batches", { accumulate_grad_batches: 2 }, "accumulation_steps"],
    ["initial_lr", { initial_lr: 0.01 }, "learning_rate"],
    ["trainer.max_epochs", { trainer: { max_epochs: 3 } }, "epochs"],
    ["optimizer.lr", { optimizer: { lr: 0.1 } }, "learning_rate"],
  ])("are told with the key that does it here: %s", (key, changes, meant) => {
    const found = problemsWith(changes).find(({ code }) => code === "key.of-another-tool");
    expect(found).toMatchObject({ severity: "warning", where: key, remedy: `Here it is "${meant}".` });
  });

  it("name keys that there are", () => {
    for (const meant of [
      "learning_rate",
      "epochs",
      "accumulation_steps",
      "n_proc",
      "engine",
      "optimizer_settings",
    ])
      expect(Object.keys(experimentSchema.shape)).toContain(meant);
  });
});

describe("an experiment file", () => {
  const write = (text: string) => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, "exp.json");
    writeFileSync(file, text);
    return file;
  };

  it("that gives a key twice says so: the parser takes the last one", async () => {
    const text = '{"epochs": 3, "a": [{"x": 1}, {"x": 2}], "o": {"m": "a:{", "m": 2}, "epochs": 5}';
    expect(duplicateKeys(text)).toEqual(["o.m", "epochs"]);
    const file = write('{"caps_directory": "caps", "tsv_path": "split", "epochs": 3, "epochs": 5}');
    expect(await readExperiment(file)).toMatchObject({
      experiment: { epochs: 5 },
      problems: [{ severity: "warning", code: "key.given-twice", where: "epochs" }],
    });
  });

  it("is refused by --strict for what has no effect", async () => {
    const file = write('{"caps_directory": "caps", "tsv_path": "split", "lr": 0.1}');
    const terminal = { warn: () => {} } as unknown as Parameters<typeof loadExperiment>[1];
    expect((await loadExperiment(file, terminal)).learning_rate).toBe(1e-4);
    expect(await problemsOf(() => loadExperiment(file, terminal, { strict: true }))).toMatchObject([
      { severity: "error", code: "key.of-another-tool" },
    ]);
  });

  it("asks for a GPU in the words of ClinicaDL, the older ones as well", async () => {
    expect(await asksForGpu(write('{"gpu": true}'))).toBe(true);
    expect(await asksForGpu(write('{"use_cpu": false}'))).toBe(true);
    expect(await asksForGpu(write('{"gpu": false}'))).toBe(false);
    expect(await asksForGpu(write("{"))).toBe(false);
  });
});

describe("a network that answers one class in every epoch", () => {
  const row = (...confusion: number[][]) => ({ confusion });

  it.each([
    ["always CN", [row([0, 3], [0, 4]), row([0, 3], [0, 4])], [1]],
    ["now all AD, now all CN", [row([3, 0], [4, 0]), row([0, 3], [0, 4])], [0, 1]],
    ["once different", [row([0, 3], [0, 4]), row([1, 2], [0, 4])], null],
    ["no epoch", [], null],
    ["a single epoch", [row([0, 3], [0, 4])], null],
    ["one image", [row([0, 0], [0, 1]), row([0, 0], [0, 1])], null],
    ["a regression", [{ confusion: null }, { confusion: null }], null],
  ])("is known: %s", (_, epochs, expected) => {
    expect(constantAnswer(epochs)).toEqual(expected);
  });
});
