/** A MAPS of Gyrus or ClinicaDL as a set of trained networks: what they are, and which best models there are of them. */
import { readdir } from "node:fs/promises";
import type { Experiment } from "../../experiment/experiment";
import { experimentNetwork } from "../../experiment/experimentNetwork";
import { resolveWithFiles } from "../../experiment/file/resolve";
import { classNames } from "../../experiment/labelCode";
import { refuse } from "../../experiment/problems/makeProblem";
import { phrase } from "../../experiment/problems/phrases";
import { InputError } from "../../experiment/problems/problem";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace, type NetworkPlace } from "../../maps/folder/place";
import { splitNames } from "../../maps/folder/splits";
import { loadModel } from "../../maps/weights/model";
import type { Network } from "../../network/network";
import { parameterSpecs } from "../../network/weights/parameters";
import type { StateDict } from "../../network/weights/tensor";
import { isLossName } from "../../statistics/losses/losses";
import type { Objective } from "../../statistics/objective";
import { objectiveOf } from "../loop/objective";
import type { Learned } from "./prediction";

export interface TrainedMaps {
  readonly maps: string;
  readonly experiment: Experiment;
  readonly learned: Learned;
  readonly network: Network;
  /** Places of the parts that have a network of their own; a single null when one network sees all. */
  readonly networks: readonly (number | null)[];
  /** Parts that an image of the training gave; null where maps.json does not say. */
  readonly partsPerImage: number | null;
}

/** Best models of one split by one selection metric. */
export interface SelectedModels {
  readonly split: number;
  readonly metric: string;
}

/** Throws an InputError when it is no MAPS, or its networks are none that Gyrus has. */
export async function openMaps(maps: string): Promise<TrainedMaps> {
  const file = mapsPlace(maps).mapsJson;
  const { json, gyrusVersion, partsPerImage, inputSize } = await readMapsJson(maps);
  // That of a MAPS of ClinicaDL may be one that Gyrus does not have: its answers are judged by the usual one of their task.
  const { loss, ...others } = json;
  const { experiment, problems } = await resolveWithFiles(isLossName(loss) ? json : others, file);
  if (experiment === null) throw new InputError(problems);
  const classes = experiment.network_task === "classification" ? classNames(experiment.label_code ?? {}) : [];
  return {
    maps,
    experiment,
    learned: { task: experiment.network_task, classes },
    network: experimentNetwork(
      experiment,
      { inputSize, classes: classes.length, layout: gyrusVersion === null ? "clinicadl" : "gyrus" },
      file,
    ),
    networks: experiment.multi_network ? [...Array(partsPerImage).keys()] : [null],
    partsPerImage: typeof json.num_networks === "number" ? partsPerImage : null,
  };
}

/**
 * The best models that are there, of the asked splits and metrics or of all. Throws an InputError when an asked one is missing, or
 * when there is none.
 */
export async function selectModels(
  maps: string,
  asked: {
    readonly splits?: readonly number[] | undefined;
    readonly metrics?: readonly string[] | undefined;
  },
): Promise<SelectedModels[]> {
  const { prefix, splits } = splitNames(await readdir(maps, { withFileTypes: true }));
  if (prefix === "fold") {
    throw refuse("maps.folds", { file: maps });
  }
  const found = await Promise.all(
    splits.map(async (split) => ({ split, metrics: await bestMetrics(maps, split) })),
  );
  const available = found.flatMap(({ split, metrics }) => metrics.map((metric) => ({ split, metric })));
  const selected = available.filter(
    ({ split, metric }) =>
      (asked.splits?.includes(split) ?? true) && (asked.metrics?.includes(metric) ?? true),
  );
  const wanted = (asked.splits ?? splits).flatMap((split) =>
    (asked.metrics ?? []).map((metric) => ({ split, metric })),
  );
  const missing = wanted.filter(
    (one) => !available.some(({ split, metric }) => split === one.split && metric === one.metric),
  );
  if (missing.length > 0 || selected.length === 0) {
    const nameOf = ({ split, metric }: SelectedModels) => `split-${split}/best-${metric}`;
    const models = available.map(nameOf);
    throw noModel(maps, missing.map(nameOf), models);
  }
  return selected;
}

/** @param missing asked models that are not there; @param models those that are */
function noModel(file: string, missing: readonly string[], models: readonly string[]): InputError {
  if (missing.length > 0) {
    return models.length === 0
      ? refuse("models.none", { file }, { missing })
      : refuse("models.missing", { file }, { missing, models });
  }
  return models.length === 0
    ? refuse("models.none-of-splits", { file })
    : refuse("models.others", { file }, { models });
}

async function bestMetrics(maps: string, split: number): Promise<string[]> {
  const entries = await readdir(mapsPlace(maps).split(split).folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? (/^best-(.+)$/.exec(entry.name)?.[1] ?? []) : []));
}

/** The weights of a best model. Throws an InputError when they are not those of the network of maps.json. */
export async function loadBest(
  { maps, network }: Pick<TrainedMaps, "maps" | "network">,
  { split, metric }: SelectedModels,
  part: NetworkPlace["network"],
): Promise<StateDict> {
  const file = mapsPlace(maps).split(split).network(part).bestModel(metric);
  const { state } = await loadModel(file);
  const wrong = parameterSpecs(network).filter(
    ({ name, shape }) => state.get(name)?.shape.join() !== shape.join(),
  );
  if (wrong.length > 0) {
    const [first] = wrong;
    const shapeText = (shape: readonly number[] | undefined) =>
      shape === undefined ? phrase("absent") : `[${shape.join(", ")}]`;
    throw refuse(
      "weights.other-network",
      { file },
      {
        count: wrong.length,
        name: first!.name,
        found: shapeText(state.get(first!.name)?.shape),
        expected: shapeText(first!.shape),
      },
    );
  }
  return state;
}

/** The loss by which answers are judged: that of the training, every class weighing the same. */
export function objectiveOfAnswers({
  learned,
  experiment,
}: Pick<TrainedMaps, "learned" | "experiment">): Objective {
  return objectiveOf({ ...experiment, class_weights: null }, learned.classes.length, []);
}
