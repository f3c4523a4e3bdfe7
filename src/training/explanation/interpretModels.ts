/** The maps of the best models of a MAPS, one folder a model, with what was found about them as a whole. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Dataset } from "../../data/batches/dataset";
import { passInOrder, ReadAhead } from "../../data/batches/readAhead";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { Predictor } from "../../engine/engine";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { writeFolder } from "../../files/wholeFolder";
import {
  type InterpretationFindings,
  type InterpretationRecord,
  writeInterpretationRecord,
} from "../../maps/folder/interpretationRecord";
import { participantInFiles } from "../../maps/folder/participantInFiles";
import { saveTensor } from "../../maps/weights/tensorFile";
import { initialState } from "../../network/weights/initialise";
import { deriveSeed } from "../../network/weights/random";
import { type AnsweringEngine, engineFor } from "../results/answeringEngine";
import { loadBest, type SelectedModels, type TrainedMaps } from "../results/trainedMaps";
import { type Attributions, attribute, type Method } from "./attribution";
import { CompletenessCheck } from "./completenessCheck";
import { writePartVolume } from "./partVolume";
import { TESTED_SAMPLES, WeightsComparison } from "./weightsTest";

/** What is asked of the best models of a split. */
export interface AskedMaps {
  readonly choice: SelectedModels;
  readonly folder: string;
  readonly record: InterpretationRecord;
}

export interface InterpretationJob {
  readonly trained: TrainedMaps;
  readonly plan: GroupPlan;
  /** As the networks of a split read the images: one a network. */
  readonly datasetsOf: (split: number) => Promise<readonly Dataset[]>;
  readonly method: Method;
  readonly node: number;
  readonly saveTensors: boolean;
  readonly skipWeightsTest: boolean;
  readonly engine: AnsweringEngine;
  readonly signal?: AbortSignal;
  readonly onWarning?: (warning: Problem) => void;
  readonly onProgress?: (done: number, of: number) => void;
}

/** @returns those of `asked` that are not done: none but after a stop */
export async function interpretModels(
  job: InterpretationJob,
  asked: readonly AskedMaps[],
): Promise<readonly AskedMaps[]> {
  const { trained, engine, plan } = job;
  const perModel = plan.images.length * plan.partNumbers.length;
  let predictor: Predictor | undefined;
  try {
    for (const [complete, { choice, folder, record }] of asked.entries()) {
      const datasets = await job.datasetsOf(choice.split);
      const checks: Checks = { weights: new WeightsComparison(), completeness: new CompletenessCheck() };
      const write = async (temporary: string) => {
        for (const [place, network] of trained.networks.entries()) {
          const weights = await loadBest(trained, choice, network);
          if (predictor === undefined) {
            const batchSize = Math.min(trained.experiment.batch_size, Math.max(1, perModel));
            const chosen = await engineFor(engine, { network: trained.network, batchSize });
            predictor = await chosen.predictor(trained.network, weights);
          } else await predictor.setWeights(weights);
          const before = datasets.slice(0, place).reduce((sum, { samples }) => sum + samples.length, 0);
          const asking = { predictor, weights, place };
          const whole = await interpretWith(job, asking, datasets[place]!, temporary, checks, (samples) => {
            job.onProgress?.(complete * perModel + before + samples, asked.length * perModel);
          });
          if (!whole) return null;
        }
        const findings = {
          weightsTest: checks.weights.outcome(),
          completeness: checks.completeness.outcome(),
        };
        for (const found of warningsOf(findings, folder, job.method)) job.onWarning?.(found);
        await writeInterpretationRecord(temporary, record, findings);
        return true;
      };
      const outdated = await mapsIn(folder);
      if ((await writeFolder(folder, write, { outdated })) === null) return asked.slice(complete);
    }
    return [];
  } finally {
    await predictor?.dispose();
  }
}

interface Checks {
  readonly weights: WeightsComparison;
  readonly completeness: CompletenessCheck;
}

/** "Within 5 %": Sundararajan et al., section 5. */
const MOST_MISSED = 0.05;

function warningsOf(
  { weightsTest, completeness }: InterpretationFindings,
  file: string,
  method: Method,
): readonly Problem[] {
  const short = (value: number | null) => (value === null ? "-" : String(Number(value.toPrecision(3))));
  const found: Problem[] = [];
  if (
    method.name === "integrated-gradients" &&
    completeness !== undefined &&
    completeness.meanGap > MOST_MISSED * completeness.meanChange
  ) {
    const [gap, change] = [short(completeness.meanGap), short(completeness.meanChange)];
    found.push(warning("interpretation.incomplete", { file }, { gap, change, steps: method.steps }));
  }
  if (weightsTest?.depends === false) {
    const [rank, absolute] = [short(weightsTest.rank), short(weightsTest.absoluteRank)];
    found.push(warning("interpretation.same-map", { file }, { rank, absolute }));
  }
  return found;
}

/** Names of the maps that an earlier call of this name left. */
const mapsIn = async (folder: string) =>
  (await readdir(folder).catch(() => [])).filter((name) => /_map\.(nii\.gz|pt)$/.test(name));

/** A network that answers; which of those of the MAPS it is. */
interface Asking {
  readonly predictor: Predictor;
  readonly weights: Awaited<ReturnType<typeof loadBest>>;
  readonly place: number;
}

/** Maps of one network: of each sample, and of each part their mean over the images. False after a stop. */
async function interpretWith(
  job: InterpretationJob,
  asking: Asking,
  dataset: Dataset,
  folder: string,
  checks: Checks,
  onProgress: (samples: number) => void,
): Promise<boolean> {
  const { trained, plan, signal } = job;
  const { mode } = trained.experiment.preprocessing_dict;
  const { samples, partsPerImage } = dataset;
  const nameOf = participantInFiles(plan.images);
  const sums = new Map<number, Float64Array>();
  const write = async (name: string, image: string, part: number, map: Float32Array) => {
    const place = plan.partNumbers.indexOf(part);
    await writePartVolume(join(folder, `${name}_map.nii.gz`), image, plan, place, map);
    if (!job.saveTensors) return;
    const shape = [1, ...trained.network.inputSize.slice(1)];
    await saveTensor(join(folder, `${name}_map.pt`), { dtype: "float32", shape, data: map });
  };
  let done = 0;
  const pass = passInOrder(dataset, trained.experiment.batch_size);
  for await (const { indices, input } of new ReadAhead().batches(pass)) {
    const ask = (size: number, images: Float32Array) =>
      attribute(asking.predictor, size, images, job.method, {
        inputSize: trained.network.inputSize,
        node: job.node,
        batchSize: trained.experiment.batch_size,
        proceed: (share) => {
          onProgress(done + Math.floor(share * indices.length));
          return signal?.aborted !== true;
        },
      });
    if (signal?.aborted) return false;
    const found = await ask(indices.length, input);
    if (found === null) return false;
    for (const sum of found.sums ?? []) checks.completeness.add(sum);
    const tested = job.skipWeightsTest ? 0 : Math.min(indices.length, Math.max(0, TESTED_SAMPLES - done));
    if (tested > 0 && !(await compareWeights(job, asking, checks, { found, tested, done, input, ask }))) {
      return false;
    }
    for (const [i, index] of indices.entries()) {
      const { sessionId, part } = samples[index]!;
      const image = plan.images[Math.floor(index / partsPerImage)]!;
      const map = found.maps[i]!;
      const sum = sums.get(part) ?? new Float64Array(map.length);
      for (let voxel = 0; voxel < sum.length; voxel++) sum[voxel]! += map[voxel]!;
      sums.set(part, sum);
      await write(`${nameOf(image)}_${sessionId}_${mode}-${part}`, image.file, part, map);
    }
    done += indices.length;
    onProgress(done);
  }
  for (const [part, sum] of sums) {
    const mean = Float32Array.from(sum, (value) => value / plan.images.length);
    await write(`mean_${mode}-${part}`, plan.images[0]!.file, part, mean);
  }
  return true;
}

interface Compared {
  readonly found: Attributions;
  /** How many of the first samples of the batch are compared. */
  readonly tested: number;
  /** Samples before this batch. */
  readonly done: number;
  readonly input: Float32Array;
  ask(size: number, images: Float32Array): Promise<Attributions | null>;
}

/** The weights of the network are its own again afterwards. False after a stop. */
async function compareWeights(
  { trained: { network, experiment } }: InterpretationJob,
  { predictor, weights, place }: Asking,
  checks: Checks,
  { found, tested, done, input, ask }: Compared,
): Promise<boolean> {
  const width = network.inputSize.reduce((product, size) => product * size, 1);
  // Not those with which the training began.
  const seed = deriveSeed(experiment.seed, "weights test", place, done);
  await predictor.setWeights(initialState(network, seed));
  const drawn = await ask(tested, input.slice(0, tested * width));
  await predictor.setWeights(weights);
  if (drawn === null) return false;
  for (const [i, map] of drawn.maps.entries())
    checks.weights.add(found.maps[i]!, map, network.inputSize.slice(1));
  return true;
}
