import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readExperiment, resolveExperiment, resolveWithFiles } from "../../../src/experiment/file/resolve";
import { describeProblem } from "../../../src/experiment/problems/problem";
import { fixture } from "../../support/fixturePath";
import { readJsonFixture } from "../../support/fixtures";
import { temporaryFolder } from "../../support/folder";

const smallest = { caps_directory: "caps", tsv_path: "tsv/split" };
const file = "/study/ad.experiment.json";

function experimentOf(json: unknown) {
  const { experiment, problems } = resolveExperiment(json, file);
  if (experiment === null) throw new Error(problems.map(describeProblem).join("\n"));
  return experiment;
}

/** "severity where: message remedy" of each problem. */
function problemsOf(json: unknown): string[] {
  return resolveExperiment(json, file).problems.map(
    ({ severity, where, message, remedy }) => `${severity} ${where}: ${message} ${remedy}`,
  );
}

describe("resolveExperiment", () => {
  it("fills in the defaults of a classification", () => {
    expect(experimentOf(smallest)).toMatchObject({
      network_task: "classification",
      architecture: "Conv5_FC3",
      label: "diagnosis",
      label_code: null,
      diagnoses: ["AD", "CN"],
      loss: "CrossEntropyLoss",
      selection_metrics: ["loss", "BA"],
      selection_threshold: 0,
      transfer_path: null,
      patience: 10,
      tolerance: 0,
      epochs: 20,
      batch_size: 8,
      learning_rate: 1e-4,
      weight_decay: 1e-4,
      preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    });
  });

  it("fills in the defaults of a regression", () => {
    expect(experimentOf({ ...smallest, network_task: "regression" })).toMatchObject({
      architecture: "Conv5_FC3",
      label: "age",
      loss: "MSELoss",
      selection_metrics: ["loss"],
      selection_threshold: null,
    });
  });

  it("fills in the defaults of a reconstruction", () => {
    expect(experimentOf({ ...smallest, network_task: "reconstruction" })).toMatchObject({
      architecture: "AE_Conv5_FC3",
      label: null,
      loss: "MSELoss",
      selection_metrics: ["loss"],
    });
  });

  it("starts relative paths at the experiment file", () => {
    const experiment = experimentOf({ ...smallest, tsv_path: "/data/tsv", transfer_path: "../maps" });
    expect(experiment.caps_directory).toBe("/study/caps");
    expect(experiment.tsv_path).toBe("/data/tsv");
    expect(experiment.transfer_path).toBe("/maps");
  });

  it.each([false, ""])("takes transfer_path %j as none", (transfer_path) => {
    expect(experimentOf({ ...smallest, transfer_path }).transfer_path).toBeNull();
  });

  it("reports every wrong value at once, with key, value and what is allowed", () => {
    expect(
      problemsOf({
        tsv_path: "tsv",
        epochs: 2.5,
        batch_size: 0,
        dropout: 1,
        learning_rate: "fast",
        optimizer: "adam",
        network_task: "segmentation",
        normalize: "yes",
        data_augmentation: ["Nois"],
        transfer_path: 3,
        preprocessing_dict: { mode: "patch", patch_size: -4 },
      }),
    ).toEqual([
      'error caps_directory: "caps_directory" is missing. Give a text.',
      'error network_task: "network_task" is "segmentation". It must be "classification", "regression" or "reconstruction".',
      'error preprocessing_dict.patch_size: "preprocessing_dict.patch_size" is -4. It must be above 0.',
      'error normalize: "normalize" is "yes". It must be true or false.',
      expect.stringMatching(
        /^error data_augmentation.0: "data_augmentation.0" is "Nois"\. It must be "Noise", .* Did you mean "Noise"\?$/,
      ),
      'error dropout: "dropout" is 1. It must be below 1.',
      'error transfer_path: "transfer_path" is 3. It must be a text, false or "".',
      expect.stringMatching(/^error optimizer: "optimizer" is "adam"\. .* Did you mean "Adam"\?$/),
      'error epochs: "epochs" is 2.5. It must be a whole number.',
      'error learning_rate: "learning_rate" is "fast". It must be a number.',
      'error batch_size: "batch_size" is 0. It must be above 0.',
    ]);
  });

  it("knows what was meant, for the editor to offer it", () => {
    const instead = (keys: object) =>
      resolveExperiment({ ...smallest, ...keys }, file).problems.map((found) => found.instead);
    expect(instead({ learning_rate: "1e-4" })).toEqual([{ values: [1e-4] }]);
    expect(instead({ normalize: "false" })).toEqual([{ values: [false] }]);
    expect(instead({ selection_metrics: ["los", "BA"] })).toEqual([{ values: [["loss", "BA"], ["BA"]] }]);
    expect(
      instead({ preprocessing_dict: { preprocessing: "pet-linear", suvr_reference_region: "pons" } }),
    ).toEqual([{ values: expect.arrayContaining(["18FFDG"]) }]);
  });

  it("warns of a learning rate far above the usual one of its optimizer", () => {
    const codes = (keys: object) =>
      resolveExperiment({ ...smallest, ...keys }, file).problems.map(({ code, severity }) => [
        code,
        severity,
      ]);
    expect(codes({ learning_rate: 10 })).toEqual([["learning-rate.high", "warning"]]);
    expect(codes({ learning_rate: 0.1, optimizer: "SGD" })).toEqual([]);
    expect(codes({ learning_rate: 10, optimizer: "Adadelta" })).toEqual([]);
  });

  it("says where a layer of the user's own network is wrong", () => {
    const architecture = {
      convolutions: [{ layer: "Conv", out_channels: 0 }, { layer: "Relu" }, { layer: "MaxPool", size: 2 }],
      fc: [{ layer: "Flatten" }],
    };
    expect(problemsOf({ ...smallest, architecture })).toEqual([
      'error architecture.convolutions.0.out_channels: "architecture.convolutions.0.out_channels" is 0. It must be above 0.',
      expect.stringMatching(
        /^error architecture.convolutions.1.layer: "architecture.convolutions.1.layer" is "Relu"\. .* Did you mean "ReLU"\?$/,
      ),
      'error architecture.convolutions.2.size: "size" is not known here. Remove it, or correct its name.',
    ]);
  });

  it("takes gradients clipped by norm or by value, and nothing else", () => {
    expect(experimentOf(smallest).gradient_clipping).toBeNull();
    for (const gradient_clipping of [{ norm: 1 }, { value: 0.5 }])
      expect(experimentOf({ ...smallest, gradient_clipping }).gradient_clipping).toEqual(gradient_clipping);
    for (const gradient_clipping of [{ norm: 0 }, { norm: 1, value: 1 }, { size: 1 }, 1]) {
      const problems = problemsOf({ ...smallest, gradient_clipping });
      expect(problems).not.toEqual([]);
      for (const problem of problems) expect(problem).toMatch(/^error gradient_clipping/);
    }
  });

  it("warns of an unknown key and names the nearest known one", () => {
    expect(
      problemsOf({
        ...smallest,
        learning_rat: 1,
        wholly_else: 1,
        patch_size: 3,
        preprocessing_dict: { strid_size: 3 },
      }),
    ).toEqual([
      'warning learning_rat: "learning_rat" is not known and has no effect. Did you mean "learning_rate"?',
      'warning wholly_else: "wholly_else" is not known and has no effect. Remove it.',
      'warning patch_size: "patch_size" is not known and has no effect. Move it into "preprocessing_dict".',
      'warning preprocessing_dict.strid_size: "preprocessing_dict.strid_size" is not known and has no effect. Did you mean "stride_size"?',
    ]);
  });

  it("refuses what is not an object", () => {
    expect(resolveExperiment([1], file)).toMatchObject({
      experiment: null,
      problems: [{ severity: "error" }],
    });
  });
});

describe("keys of ClinicaDL", () => {
  it.each(["classification", "reconstruction"])("accepts its maps.json of a %s", (task) => {
    const json = readJsonFixture(`experiment/clinicadl_${task}_maps.json`);
    const { experiment, problems } = resolveExperiment(json, "/study/maps.json");
    expect(problems).toEqual([]);
    expect(experiment).toMatchObject({
      network_task: task,
      caps_directory: "/study/caps",
      n_splits: 2,
      seed: 42,
      patience: 0,
      engine: "onnx",
    });
  });

  it("understands the names of older versions", () => {
    const experiment = experimentOf({
      ...smallest,
      model: "Conv4_FC3",
      multi: false,
      minmaxnormalization: false,
      num_workers: 4,
      use_cpu: true,
      loss: null,
      preprocessing: "t1-linear",
      mode: "patch",
      patch_size: 20,
      stride_size: 10,
    });
    expect(experiment).toMatchObject({
      architecture: "Conv4_FC3",
      multi_network: false,
      normalize: false,
      n_proc: 4,
      engine: "onnx",
      loss: "CrossEntropyLoss",
      preprocessing_dict: { mode: "patch", patch_size: 20, stride_size: 10 },
    });
  });

  it("refuses what changes the result and warns of what does not", () => {
    expect(
      problemsOf({ ...smallest, ssda_network: true, amp: true, gpu: true, track_exp: "", kl_weight: 3 }),
    ).toEqual([
      "error ssda_network: Domain adaptation (ssda_network) is not available. Set it to false.",
      "warning amp: Mixed precision (amp) is not available: the run computes in float32. Nothing to do.",
    ]);
  });
});

describe("what the task allows", () => {
  const cases: readonly (readonly [string, object, string | RegExp])[] = [
    [
      "a loss of another task",
      { loss: "MSELoss" },
      'error loss: "loss" is "MSELoss", which is not for classification.',
    ],
    [
      "a loss of classes for values",
      { network_task: "regression", loss: "CrossEntropyLoss" },
      'error loss: "loss" is "CrossEntropyLoss", which is not for regression. It must be "MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss".',
    ],
    [
      "an option of another loss",
      { network_task: "regression", loss: "HuberLoss", loss_beta: 2 },
      'warning loss_beta: "loss_beta" has no effect: the loss is HuberLoss. Remove it, or change the other.',
    ],
    [
      "an option that is no positive number",
      { network_task: "regression", loss: "HuberLoss", loss_delta: 0 },
      "error loss_delta: ",
    ],
    [
      "a selection metric of another task",
      { network_task: "regression", selection_metrics: ["BA"] },
      'error selection_metrics: The best model of a regression cannot be chosen by "BA". Choose among loss, R2_score, MAE, RMSE.',
    ],
    [
      "a likelihood ratio as selection metric",
      { selection_metrics: ["LR_plus"] },
      "error selection_metrics: ",
    ],
    [
      "a learning rate that looks at what the last epoch leaves unseen",
      { selection: "last", adaptive_learning_rate: true },
      "error adaptive_learning_rate: The learning rate would follow the validation loss",
    ],
    [
      "a patience where nothing stops early",
      { selection: "last", patience: 5 },
      'warning patience: "patience" has no effect: selection is "last".',
    ],
    [
      "a weighted sampler without classes",
      { network_task: "reconstruction", sampler: "weighted" },
      "error sampler: ",
    ],
    ["several networks for one part", { multi_network: true }, "error multi_network: "],
    [
      "one network side by side with itself",
      { networks_at_once: 2, preprocessing_dict: { mode: "patch" } },
      "warning networks_at_once: ",
    ],
    ["two modes", { mode: "roi", preprocessing_dict: { mode: "patch" } }, "error mode: "],
    ["a split that is not there", { n_splits: 3, split: [0, 3] }, "error split: There is no split 3"],
    [
      "a second split of a single split",
      { split: [1] },
      'error split: There is no split 1: "n_splits" is 0. The only split is 0.',
    ],
    ["unfrozen layers without transfer", { nb_unfrozen_layer: 2 }, "warning nb_unfrozen_layer: "],
    ["gaps in the classes", { label_code: { AD: 0, CN: 2 } }, "error label_code: The classes"],
    ["a single class", { label_code: { AD: 0, CN: 0 } }, "error label_code: The classes"],
    [
      "a diagnosis without class",
      { label_code: { AD: 0, MCI: 1 } },
      'error label_code: "diagnoses" asks for CN',
    ],
    [
      "as many weights as classes",
      { label_code: { AD: 0, CN: 1 }, class_weights: [1, 2, 3] },
      'error class_weights: "class_weights" holds 3 weights for 2 classes.',
    ],
    [
      "class weights of a regression",
      { network_task: "regression", class_weights: "balanced" },
      "warning class_weights: ",
    ],
    [
      "an unknown network",
      { architecture: "Conv5FC3" },
      /"architecture" is "Conv5FC3"\. It must be "default", .* Did you mean "Conv5_FC3"\?$/,
    ],
    [
      "a network of another task",
      { architecture: "AE_Conv5_FC3" },
      'error architecture: "AE_Conv5_FC3" is not for classification. Choose one of Conv5_FC3, ',
    ],
    [
      "own layers without answer",
      { architecture: { convolutions: [{ layer: "ReLU" }] } },
      "error architecture: ",
    ],
    [
      "custom images without suffix",
      { preprocessing_dict: { preprocessing: "custom" } },
      "error preprocessing_dict.custom_suffix: ",
    ],
    [
      "PET without tracer",
      { preprocessing_dict: { preprocessing: "pet-linear", suvr_reference_region: "pons" } },
      "error preprocessing_dict.tracer: ",
    ],
    [
      "regions without names",
      { preprocessing_dict: { mode: "roi", use_uncropped_image: true } },
      "error preprocessing_dict.roi_list: ",
    ],
  ];
  it.each(cases)("reports %s", (_, keys, expected) => {
    const problems = problemsOf({ ...smallest, ...keys });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });
});

it("needs no names for the regions that cropped t1-linear images have built in", () => {
  expect(problemsOf({ ...smallest, preprocessing_dict: { mode: "roi" } })).toEqual([]);
});

describe("preprocessing_json", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "gyrus-"));
    mkdirSync(join(folder, "caps", "tensor_extraction"), { recursive: true });
    const extraction = JSON.stringify({ preprocessing: "t1-linear", mode: "patch", patch_size: 24 });
    writeFileSync(join(folder, "caps", "tensor_extraction", "patch.json"), extraction);
    writeFileSync(join(folder, "caps", "tensor_extraction", "windows.json"), `\uFEFF${extraction}`);
    writeFileSync(join(folder, "broken.json"), "{");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each(["patch.json", "patch", "windows", "caps/tensor_extraction/patch.json"])(
    "is found as %s",
    async (preprocessing_json) => {
      const { experiment } = await resolveWithFiles(
        { ...smallest, preprocessing_json },
        join(folder, "a.json"),
      );
      expect(experiment?.preprocessing_dict).toMatchObject({
        mode: "patch",
        patch_size: 24,
        stride_size: 50,
      });
    },
  );

  it.each([
    [{ preprocessing_json: "absent" }, "does not exist"],
    [{ preprocessing_json: "./broken.json" }, "It is not JSON"],
    [{ preprocessing_json: "patch", preprocessing_dict: {} }, "are both given"],
    [{ preprocessing_json: "patch", multi_cohort: true }, "several CAPS folders"],
  ])("is refused in %j", async (keys, expected) => {
    const { experiment, problems } = await resolveWithFiles({ ...smallest, ...keys }, join(folder, "a.json"));
    expect(experiment).toBeNull();
    expect(problems.map(describeProblem).join()).toContain(expected);
  });
});

describe("readExperiment", () => {
  it("reads a file", async () => {
    const { experiment } = await readExperiment(fixture("experiment/clinicadl_classification_maps.json"));
    expect(experiment?.caps_directory).toBe(fixture("experiment/caps"));
  });

  it("reads a file that an editor of Windows has saved", async () => {
    const windows = join(temporaryFolder(), "a.experiment.json");
    writeFileSync(windows, `\uFEFF${JSON.stringify(smallest, undefined, 2).replaceAll("\n", "\r\n")}`);
    expect((await readExperiment(windows)).problems).toEqual([]);
  });

  it("tells the line where a file stops being JSON", async () => {
    const torn = join(temporaryFolder(), "a.experiment.json");
    writeFileSync(torn, '{\n  "epochs": 3\n  "patience": 2\n}');
    expect((await readExperiment(torn)).problems[0]?.message).toBe(
      "It is not JSON from line 3, column 3 on.",
    );
  });

  it("says of a folder that it is one", async () => {
    const [problem] = (await readExperiment(temporaryFolder())).problems;
    expect(problem?.message).toBe("This is a folder, not a file.");
  });

  it("reports a file that is absent or not JSON", async () => {
    expect((await readExperiment("/absent.json")).problems[0]?.message).toContain("does not exist");
    expect((await readExperiment(fixture("training/d_vote0_test.tsv"))).problems[0]?.message).toContain(
      "not JSON",
    );
  });
});
