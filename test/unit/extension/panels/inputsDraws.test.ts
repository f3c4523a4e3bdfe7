import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { ReadAhead } from "../../../../src/data/batches/readAhead";
import { drawSeeds, epochOrder } from "../../../../src/data/batches/trainingSeeds";
import { openDataset, openReader } from "../../../../src/data/batches/volumeDataset";
import { readNifti } from "../../../../src/data/nifti/nifti";
import { writeNifti } from "../../../../src/data/nifti/niftiWrite";
import { surveyData } from "../../../../src/data/plan/experimentData";
import { readExperiment } from "../../../../src/experiment/file/resolve";
import { AUGMENTATIONS, type ExperimentInput } from "../../../../src/experiment/schema/schema";
import { InputsSession } from "../../../../src/extension/panels/inputs/inputsSession";
import { affineOfColumns } from "../../../../src/space/affine";
import type { AskedDraw, ToInputs } from "../../../../webview/inputs/messages";
import { drawnStrings } from "../../../../webview/inputs/strings";
import { temporaryFolder } from "../../../support/folderOfFile";
import { inputsThread } from "../../../support/inputsThread";
import { imageFile, person, writeCaps, writeTable } from "../../../support/study";

const root = temporaryFolder();
let study = 0;
const train = [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "CN"), person("sub-4", "CN")];
const validation = [person("sub-5", "CN"), person("sub-6", "AD")];

const usual: Partial<ExperimentInput> = { epochs: 3, batch_size: 3, seed: 11 };
const patches = { preprocessing_dict: { mode: "patch", patch_size: 4, stride_size: 1 } } as const;

async function pathOf(experiment: Partial<ExperimentInput>): Promise<string> {
  const folder = join(root, `study-${study++}`);
  await writeCaps(join(folder, "caps"), [...train, ...validation]);
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), validation);
  const path = join(folder, "study.experiment.json");
  writeFileSync(path, JSON.stringify({ caps_directory: "caps", tsv_path: "split", ...usual, ...experiment }));
  return path;
}

const drawSchema = z.object({
  value: z
    .object({
      values: z.instanceof(Float32Array),
      epoch: z.number(),
      phrases: z.array(
        z.object({ text: z.string(), values: z.array(z.union([z.number(), z.enum(["x", "y", "z"])])) }),
      ),
    })
    .nullable(),
});

/** The preview of an experiment file, as far as it draws. */
async function previewOf(path: string) {
  const sent: ToInputs[] = [];
  const nothing = async () => {};
  const session = new InputsSession(
    { path, uri: `file://${path}`, name: "study.experiment.json" },
    {},
    (message) => sent.push(message),
    { open: nothing, chooseLayer: async () => undefined, openLayer: () => null, save: nothing },
    inputsThread(),
  );
  await session.receive({ kind: "hello" });
  const last = <Kind extends ToInputs["kind"]>(kind: Kind) =>
    sent.findLast((message): message is Extract<ToInputs, { kind: Kind }> => message.kind === kind);
  const draw = async (image: number, part: number, asked: Partial<AskedDraw> = {}) => {
    const whole = { split: 0, number: 0, seed: 11, ...asked };
    await session.receive({ kind: "request", id: 1, name: "readDraw", args: [image, part, whole] });
    expect(last("failure")).toBeUndefined();
    return drawSchema.parse(last("answer")).value;
  };
  return { session, draw, last };
}

/** What the training learns from, sample by sample: its inputs, in the order of the epochs. */
async function learnedFrom(path: string): Promise<ReadonlyMap<number, readonly Float32Array[]>> {
  const { experiment } = await readExperiment(path);
  const { plan } = await surveyData(experiment!);
  const readTensor = () => Promise.reject(new Error("no tensors here"));
  const reader = openReader(plan!, { workers: 0, readTensor });
  const network = null;
  const { split, train } = plan!.splits[0]!;
  const dataset = openDataset(plan!, train, reader);
  const stream = { seed: experiment!.seed, split, network };
  const learned = new Map<number, Float32Array[]>();
  const length = dataset.inputSize.reduce((product, size) => product * size, 1);
  for (let epoch = 0; epoch < experiment!.epochs; epoch++) {
    const pass = {
      dataset,
      order: epochOrder(stream, epoch, dataset.samples, experiment!),
      batchSize: experiment!.batch_size,
      drawSeeds: (batch: number) => drawSeeds(stream, epoch, batch),
    };
    for await (const { indices, input } of new ReadAhead().batches(pass)) {
      for (const [place, index] of indices.entries()) {
        const one = input.slice(place * length, (place + 1) * length);
        learned.set(index, [...(learned.get(index) ?? []), one]);
      }
    }
  }
  await reader.close();
  return learned;
}

const some = {
  transforms: [
    { kind: "flip" },
    { kind: "affine", probability: 0.5 },
    { kind: "gamma", probability: 0.8, invert: 0.2 },
    { one_of: [{ kind: "noise" }, { kind: "blur", sigma: [0.2, 0.6] }], probability: 0.9 },
    { kind: "erasing", probability: 0.5, fill: "mean" },
  ],
} as const satisfies ExperimentInput["augmentation"];

const experiments: readonly (readonly [string, Partial<ExperimentInput>])[] = [
  ["ClinicaDL's transforms of whole images", { data_augmentation: [...AUGMENTATIONS] }],
  ["ClinicaDL's transforms of patches", { ...patches, data_augmentation: ["Noise", "Motion", "CropPad"] }],
  [
    "ClinicaDL's transforms of slices",
    {
      preprocessing_dict: { mode: "slice", slice_direction: 1, discarded_slices: 1 },
      data_augmentation: ["Ghosting", "RandomBlur"],
    },
  ],
  ["transforms of whole images", { augmentation: { ...some, transforms: [...some.transforms] } }],
  ["transforms of patches", { ...patches, augmentation: { on: "part", transforms: [...some.transforms] } }],
  [
    "transforms of images that are cut into patches",
    {
      ...patches,
      intensity: { kind: "min-max", each: "image" },
      augmentation: { on: "image", transforms: [...some.transforms] },
    },
  ],
  [
    "samples that are drawn with replacement",
    { sampler: "weighted", epochs: 5, augmentation: { transforms: [...some.transforms] } },
  ],
];

it.each(experiments)("shows what the training learns from, voxel by voxel: %s", async (_, experiment) => {
  const path = await pathOf(experiment);
  const learned = await learnedFrom(path);
  const { draw, last } = await previewOf(path);
  const plan = last("plan")!.plan!;
  const parts =
    plan.cut.mode === "patch" ? plan.cut.counts.reduce((product, count) => product * count, 1) : 1;
  const perImage = plan.cut.mode === "slice" ? plan.cut.count : parts;
  let compared = 0;
  for (const [place, image] of [...plan.splits[0]!.train].entries()) {
    for (const part of new Set([0, perImage - 1])) {
      const inputs = learned.get(place * perImage + part) ?? [];
      for (const [number, input] of inputs.entries()) {
        expect((await draw(image, part, { number }))?.values).toEqual(input);
        compared++;
      }
      expect(await draw(image, part, { number: inputs.length })).toBeNull();
    }
  }
  expect(compared).toBeGreaterThanOrEqual(12);
});

it("shows each image in its own millimetres, as the training does", async () => {
  const experiment = {
    augmentation: { transforms: [{ kind: "blur", sigma: [2, 2] }] },
  } satisfies Partial<ExperimentInput>;
  const [alike, mixed] = [await pathOf(experiment), await pathOf(experiment)];
  const coarse = affineOfColumns(
    [
      [2, 0, 0],
      [0, 2, 0],
      [0, 0, 2],
    ],
    [0, 0, 0],
  );
  const file = imageFile(join(mixed, "../caps"), "sub-2");
  const { header, data } = await readNifti(file);
  await writeNifti(file, { shape: header.shape, data, affine: coarse });
  const [before, after] = [await learnedFrom(alike), await learnedFrom(mixed)];
  expect(after.get(0)).toEqual(before.get(0));
  expect(after.get(1)).not.toEqual(before.get(1));
  const { draw } = await previewOf(mixed);
  for (const image of [0, 1]) {
    const drawn = await draw(image, 0);
    expect(drawn?.values).toEqual(after.get(image)?.[0]);
    expect(drawn?.phrases).toEqual([{ text: "blur", values: [2, 2, 2] }]);
  }
});

it("says what was drawn, and draws something else in the next epoch and with another seed", async () => {
  const names = ["Noise", "Smoothing", "Spike"] as const;
  const { draw } = await previewOf(await pathOf({ data_augmentation: [...names] }));
  const first = await draw(0, 0);
  expect(first?.epoch).toBe(0);
  expect(first?.phrases.map(({ text }) => text)).toEqual(["gaussianNoise", "smoothing", "spike"]);
  expect(first?.phrases[2]?.values[0]).toBe(1);
  const next = await draw(0, 0, { number: 1 });
  expect(next?.epoch).toBe(1);
  expect(next?.phrases[0]?.values).not.toEqual(first?.phrases[0]?.values);
  const other = await draw(0, 0, { seed: 12 });
  expect(other?.values).not.toEqual(first?.values);
  expect(await draw(0, 0)).toEqual(first);
});

const everything = [
  "flip",
  "affine",
  "elastic",
  "anisotropy",
  "gamma",
  "noise",
  "blur",
  "bias_field",
  "ghosting",
  "motion",
  "spike",
  "contrast",
  "brightness",
  "erasing",
  "swap",
] as const;

it.each<readonly [string, Partial<ExperimentInput>]>([
  ["ClinicaDL's", { data_augmentation: [...AUGMENTATIONS] }],
  ["the others", { augmentation: { transforms: everything.map((kind) => ({ kind })) } }],
])("has words for everything that is drawn: %s", async (_, keys) => {
  const { draw } = await previewOf(await pathOf({ ...keys, epochs: 20 }));
  for (let number = 0; number < 20; number++) {
    for (const { text, values } of (await draw(0, 0, { number }))!.phrases) {
      expect(drawnStrings).toHaveProperty(text);
      expect(values.every((value) => typeof value === "string" || Number.isFinite(value))).toBe(true);
    }
  }
});

it("draws nothing for an image of the validation set, or of a split that there is not", async () => {
  const { draw } = await previewOf(await pathOf({ data_augmentation: ["Noise"] }));
  expect(await draw(4, 0)).toBeNull();
  expect(await draw(0, 0, { split: 7 })).toBeNull();
});

it("names the transforms as the experiment file does, and follows its edits", async () => {
  const path = await pathOf({ augmentation: { transforms: [...some.transforms] } });
  const { session, last } = await previewOf(path);
  expect(last("plan")?.plan?.augmentation).toEqual(["flip", "affine", "gamma", "noise | blur", "erasing"]);
  expect(last("plan")?.plan?.seed).toBe(11);
  writeFileSync(
    path,
    JSON.stringify({
      caps_directory: "caps",
      tsv_path: "split",
      augmentation: { transforms: [{ kind: "warp" }] },
    }),
  );
  await session.plan();
  expect(last("plan")?.plan).toBeNull();
  expect(last("plan")?.problems[0]?.message).toContain("warp");
});
