/**
 * A group that several processes predict: each answers for a part of its images, then one writes the tables. What stands in them is
 * what `predictGroup` writes alone, bit for bit: a part begins where a batch begins, so that every batch is the same.
 */
import { openReader } from "../../data/batches/volumeDataset";
import { readingOf } from "../../data/nifti/volumeReader";
import { refuse } from "../../experiment/problems/makeProblem";
import { mapsPlace } from "../../maps/folder/place";
import { loadTensor } from "../../maps/weights/tensorFile";
import { checkGroupName } from "./groupName";
import { keepResults, type NetworkPredictions } from "./groupResults";
import { groupVoxels } from "./groupVoxels";
import { type LoadedPredictor, networkAnswers } from "./networkAnswers";
import {
  isLabelled,
  type ModelResult,
  type PredictionOptions,
  type PredictionOutcome,
  writeModelResults,
} from "./predictGroup";
import { keepGroup, type PredictionPlan, type PredictionRequest, planPrediction } from "./predictionPlan";
import { resultsFolder } from "./resultsFolder";
import { groupDatasets } from "./standard";
import { openMaps, type SelectedModels, selectModels, type TrainedMaps } from "./trainedMaps";

/** Who is left out for a copy is known of the whole group alone, and a reconstruction needs its network. */
export type PartedRequest = Omit<PredictionRequest, "leaveOut" | "saveNifti" | "saveTensors">;

/** Which part, counted from 0. */
export interface GroupPart {
  readonly part: number;
  readonly of: number;
}

/** What the best models of a split answer for a part. */
export interface ModelAnswers extends SelectedModels {
  readonly networks: readonly NetworkPredictions[];
}

/** From which image to before which a part goes, of `images`; the same for the last parts where there are more of them than batches. */
export function partRange({ part, of }: GroupPart, images: number, batchSize: number): [number, number] {
  const batches = Math.ceil(images / batchSize);
  const from = (place: number) => Math.min(images, Math.floor((place * batches) / of) * batchSize);
  return [from(part), from(part + 1)];
}

/** Writes nothing. @throws InputError as `predictGroup` does, for what is wrong with the voxels of this part alone */
export async function answerPart(
  request: PartedRequest,
  part: GroupPart,
  options: PredictionOptions,
): Promise<ModelAnswers[]> {
  const { trained, selected, plan: whole } = await planWhole(request, options);
  const [from, to] = partRange(part, whole.images.length, trained.experiment.batch_size);
  const planned = { ...whole, images: whole.images.slice(from, to) };
  if (planned.images.length === 0) {
    const networks = trained.networks.map((network) => ({ network, predictions: [] }));
    return selected.map((choice) => ({ ...choice, networks }));
  }
  const loaded: LoadedPredictor = { predictor: null };
  const reader = openReader(planned, { ...readingOf(trained.experiment), readTensor: loadTensor });
  try {
    const plan = await groupVoxels(trained, planned, request, reader);
    for (const warning of plan.warnings) options.onWarning?.(warning);
    const asked = { trained, labelled: isLabelled(trained, plan), options };
    const answers: ModelAnswers[] = [];
    for (const [done, choice] of selected.entries()) {
      const datasets = await groupDatasets(trained, plan, reader, choice.split);
      const share = { done, of: selected.length };
      const networks = await networkAnswers(asked, choice, { datasets, loaded, share });
      if (networks !== null) answers.push({ ...choice, networks });
    }
    return answers;
  } finally {
    await loaded.predictor?.dispose();
    await reader.close();
  }
}

/**
 * Writes what `predictGroup` would.
 * @param parts the answers of all parts, in their order
 * @throws InputError as `predictGroup` does, and where the answers are not those of the images and models of now
 */
export async function joinParts(
  request: PartedRequest,
  parts: readonly (readonly ModelAnswers[])[],
  options: Omit<PredictionOptions, "engine">,
): Promise<PredictionOutcome> {
  const { maps, group } = request;
  const { trained, selected, output, plan } = await planWhole(request, options);
  for (const warning of plan.warnings) options.onWarning?.(warning);
  const answers = selected.map((choice) => ({ choice, networks: answersOf(choice, trained, plan, parts) }));
  const whole = answers.flatMap(({ choice, networks }) => (networks === null ? [] : [{ choice, networks }]));
  if (whole.length < answers.length) throw refuse("cluster.other-images", { file: maps }, { group });
  await keepGroup(request, output, plan);
  const results: ModelResult[] = [];
  for (const { choice, networks } of whole) {
    const place = mapsPlace(output).split(choice.split).best(choice.metric).results(group);
    const result = await keepResults(place, trained.experiment.preprocessing_dict.mode, (where) =>
      writeModelResults({ trained, request, plan, options }, choice, where, networks),
    );
    if (result !== null) results.push(result);
  }
  return { maps, output, group, classes: trained.learned.classes, results, stopped: false };
}

async function planWhole(request: PartedRequest, { onHeader }: Pick<PredictionOptions, "onHeader">) {
  await checkGroupName(request);
  const trained = await openMaps(request.maps);
  const selected = await selectModels(request.maps, request);
  const output = await resultsFolder(request, selected);
  const plan = await planPrediction(request, trained, onHeader);
  return { trained, selected, output, plan };
}

/** The predictions of all parts one after the other; null where they are not of these images, each once and in their order. */
function answersOf(
  { split, metric }: SelectedModels,
  { networks }: TrainedMaps,
  { images }: PredictionPlan,
  parts: readonly (readonly ModelAnswers[])[],
): NetworkPredictions[] | null {
  const own = parts.map((models) => models.find((one) => one.split === split && one.metric === metric));
  const joined = networks.map((network) => ({
    network,
    predictions: own.flatMap(
      (model) => model?.networks.find((one) => one.network === network)?.predictions ?? [],
    ),
  }));
  const keyOf = ({ cohort, participantId, sessionId }: ImageKey) =>
    `${cohort ?? ""}\t${participantId}\t${sessionId}`;
  const expected = images.map(keyOf).join("\n");
  const isWhole = joined.every(({ predictions }) => {
    const keys = predictions.map(keyOf);
    return keys.filter((key, place) => key !== keys[place - 1]).join("\n") === expected;
  });
  return isWhole ? joined : null;
}

interface ImageKey {
  readonly cohort?: string;
  readonly participantId: string;
  readonly sessionId: string;
}
