/** Networks that ClinicaDL trained answer in Gyrus as they did in PyTorch, from the NIfTI file to the row of the table. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openDataset, openReader } from "../../../src/data/batches/volumeDataset";
import { createOnnxEngine } from "../../../src/engine/onnx/onnxEngine";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { mapsPlace } from "../../../src/maps/folder/place";
import { readPredictions } from "../../../src/maps/tables/predictionTsv";
import { loadModel } from "../../../src/maps/weights/model";
import { loadTensor } from "../../../src/maps/weights/tensorFile";
import { readTorchFile } from "../../../src/maps/weights/torch/torchFile";
import { answered } from "../../../src/statistics/answer";
import type { ObjectiveData } from "../../../src/statistics/losses/losses";
import { objectiveFor } from "../../../src/statistics/objective";
import { asPredicted, predictSet } from "../../../src/training/results/evaluation";
import { prepareRun } from "../../../src/training/run/prepareRun";
import { describeWithReference, reference } from "../../support/reference";

/** ClinicaDL computed with PyTorch in float32, Gyrus with ONNX Runtime in float32. */
const CLOSE = 1e-4;
/** Predictions differ by rounding alone: far fewer digits than this are the network's. */
const CLOSE_DECIBEL = 1e-3;

const classification = reference("reference/maps_image");
const reconstruction = reference("reference/maps_ae");
const data = ["reference/caps", "reference/tsv/split/2_fold"];

describeWithReference("a classifier of ClinicaDL", ["reference/maps_image", ...data], () => {
  it("gives the probabilities and labels of ClinicaDL's validation table", async () => {
    const predictions = await predictValidation(classification, { loss: "CrossEntropyLoss", classes: 2 });
    const file = mapsPlace(classification).split(0).best("loss").results("validation").predictionTsv("image");
    const expected = await readPredictions(file, "classification");
    if (expected.task !== "classification") throw new Error("not a table of classes");
    expect(predictions).toHaveLength(expected.rows.length);
    const answers = answered(predictions, "probabilities");
    for (const [row, { participantId, sessionId, trueLabel, probabilities }] of expected.rows.entries()) {
      const own = answers[row]!;
      expect([own.participantId, own.sessionId, own.truth]).toEqual([participantId, sessionId, trueLabel]);
      for (const [code, probability] of probabilities.entries()) {
        expect(Math.abs(own.answer.probabilities[code]! - probability)).toBeLessThan(CLOSE);
      }
    }
  });
});

describeWithReference("an autoencoder of ClinicaDL", ["reference/maps_ae", ...data], () => {
  it("gives the errors of ClinicaDL's validation table", async () => {
    const predictions = await predictValidation(reconstruction, { loss: "MSELoss" });
    const file = mapsPlace(reconstruction).split(0).best("loss").results("validation").predictionTsv("image");
    const expected = await readPredictions(file, "reconstruction");
    if (expected.task !== "reconstruction") throw new Error("not a table of reconstructions");
    expect(predictions).toHaveLength(expected.rows.length);
    const answers = answered(predictions, "reconstruction");
    for (const [row, { metrics }] of expected.rows.entries()) {
      const own = answers[row]!.answer.metrics;
      expect(Math.abs(own.MAE - metrics.MAE!)).toBeLessThan(CLOSE);
      expect(Math.abs(own.RMSE - metrics.RMSE!)).toBeLessThan(CLOSE);
      expect(Math.abs(own.PSNR - metrics.PSNR!)).toBeLessThan(CLOSE_DECIBEL);
      expect(Math.abs(own.SSIM - metrics.SSIM!)).toBeLessThan(CLOSE);
    }
  });

  it("reconstructs the volume that ClinicaDL kept", async () => {
    const { model, dataset, close } = await openValidation(reconstruction);
    const tensors = `${reconstruction}/split-0/best-loss/validation/tensors`;
    const kept = await readTorchFile(`${tensors}/sub-001_ses-M000_image-0_output.pt`);
    if (!isFloatTensor(kept)) throw new Error("not a float tensor");
    const first = dataset.samples.findIndex(({ participantId }) => participantId === "sub-001");
    const output = await model.predict({ size: 1, inputs: { image: await dataset.read([first]) } });
    await close();
    expect(output.data).toHaveLength(kept.data.length);
    let largest = 0;
    for (const [voxel, value] of kept.data.entries())
      largest = Math.max(largest, Math.abs(output.data[voxel]! - value));
    expect(largest).toBeLessThan(CLOSE);
  });
});

function isFloatTensor(value: unknown): value is { readonly data: Float32Array } {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float32Array;
}

/** Split 0 of a reference MAPS with the weights of its best loss. */
async function openValidation(maps: string) {
  const json = JSON.parse(readFileSync(mapsPlace(maps).mapsJson, "utf8"));
  const here = { caps_directory: "../caps", tsv_path: "../tsv/split/2_fold", split: [0] };
  const { experiment, problems } = resolveExperiment({ ...json, ...here }, mapsPlace(maps).mapsJson);
  if (experiment === null) throw new Error(JSON.stringify(problems));
  const { plan, network, learned } = await prepareRun(experiment, new Set());
  const { state } = await loadModel(mapsPlace(maps).split(0).network().bestModel("loss"));
  const engine = await createOnnxEngine({ threads: 2 });
  const model = await engine.predictor(network, state);
  const reader = openReader(plan, { workers: 0, readTensor: loadTensor });
  const dataset = openDataset(plan, plan.splits[0]!.validation, reader);
  const close = async () => {
    await reader.close();
    await model.dispose();
  };
  return { model, dataset, learned, close };
}

async function predictValidation(maps: string, data: ObjectiveData) {
  const { model, dataset, learned, close } = await openValidation(maps);
  const stopped = () => false;
  const objective = objectiveFor(learned.task, data);
  const evaluate = asPredicted(model, objective, true);
  const predictions = await predictSet({ evaluate, objective, dataset, batchSize: 4, stopped });
  await close();
  if (predictions === null) throw new Error("the prediction was stopped");
  return predictions;
}
