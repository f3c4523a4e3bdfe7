import { resolve } from "node:path";
import { exportedModel, type Normalisation } from "../../engine/onnx/exportedModel";
import type { Experiment } from "../../experiment/experiment";
import { problem } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { intensityOf } from "../../experiment/schema/intensity";
import { writeAtomically } from "../../files/atomicFile";
import { placesVoxels } from "../../space/spaceRule";
import { leadingMetrics } from "../../statistics/metrics/metrics";
import type { Task } from "../../statistics/task";
import {
  loadBest,
  openMaps,
  type SelectedModels,
  selectModels,
  type TrainedMaps,
} from "../../training/results/trainedMaps";
import { defineCommand } from "../command";
import { exportCurves } from "../tensorboard/exportCurves";
import { GYRUS_VERSION } from "../version";

export const exportModel = defineCommand({
  name: "export",
  summary: "Writes a network of a MAPS as an ONNX file that other programs run, normalisation included.",
  arguments: [
    { name: "MAPS", text: "folder of a training, of Gyrus or of ClinicaDL", completes: "folder" },
    {
      name: "FILE",
      text: "ONNX file (or with --tensorboard folder) that is written; one of before is replaced",
      completes: "file",
    },
  ],
  options: {
    split: {
      kind: "whole",
      value: "N",
      least: 0,
      text: "of this split, instead of the first that has a model",
    },
    selection: {
      kind: "text",
      value: "METRIC",
      text: "the best model by this metric, instead of the one that leads its task",
    },
    tensorboard: {
      kind: "flag",
      text: "instead of a network: the curves as TensorBoard's event files, a folder a split in the folder FILE",
    },
    part: {
      kind: "whole",
      value: "N",
      least: 0,
      default: 0,
      text: "of a multi-network: the network of this part, by its place from 0",
    },
  },
  remarks: [
    "Its input is `image`, float32, [1, channels, x, y, z]: the voxels of one image, or of one part, as they stand in the NIfTI file. Its output is `probabilities` (by class code), `value` or `reconstruction`.",
    "Of patches, regions and slices the file answers one part: their votes are counted outside of it. The metadata of the file names task, classes, mode and versions.",
  ],
  examples: [
    "export maps model.onnx",
    "export maps curves --tensorboard",
    "export maps model.onnx --split 2 --selection loss",
  ],
  async run({ MAPS, FILE }, options, terminal) {
    const maps = resolve(MAPS);
    if (options.tensorboard) {
      const folder = resolve(FILE);
      const files = await exportCurves(maps, folder);
      if (files.length === 0) throw new InputError([problem("export.no-curves", { file: maps })]);
      return { result: { files }, show: () => terminal.say(terminal.text("curves-exported", { folder })) };
    }
    const trained = await openMaps(maps);
    const { experiment, learned, network, networks } = trained;
    const wrong = problemsOf(trained, options.part, maps);
    if (wrong.length > 0) throw new InputError(wrong);
    const splits = options.split === undefined ? undefined : [options.split];
    const metrics = options.selection === undefined ? undefined : [options.selection];
    const choice = leadingModel(await selectModels(maps, { splits, metrics }), learned.task);
    const part = networks[options.part] ?? null;
    const model = exportedModel({
      network,
      weights: await loadBest(trained, choice, part),
      normalisation: insideOf(experiment) ?? { kind: "none" },
      answer: ANSWERS[learned.task],
      metadata: metadataOf(trained, choice, part),
    });
    const file = resolve(FILE);
    await writeAtomically(file, model);
    const result = { file, ...choice, part, bytes: model.length };
    const name = `split-${choice.split}/best-${choice.metric}`;
    return { result, show: () => terminal.say(terminal.text("model-exported", { file, model: name })) };
  },
});

const ANSWERS = {
  classification: "probabilities",
  regression: "value",
  reconstruction: "reconstruction",
} as const satisfies Readonly<Record<Task, string>>;

function problemsOf({ experiment, networks }: TrainedMaps, part: number, file: string) {
  const last = networks.length - 1;
  return [
    ...(insideOf(experiment) === null
      ? [problem("export.intensity", { file }, { kind: JSON.stringify(experiment.intensity) })]
      : []),
    ...(experiment.size_reduction ? [problem("export.size-reduction", { file })] : []),
    ...(part > last ? [problem("export.no-part", { file }, { part, last })] : []),
  ];
}

/** The normalisation as the file has it; null where it cannot have it: a percentile is no operator, and a part does not know its image. */
function insideOf(experiment: Experiment): Normalisation | null {
  const settings = intensityOf(experiment);
  if (settings === null) return { kind: "none" };
  const inParts = experiment.preprocessing_dict.mode !== "image";
  switch (settings.kind) {
    case "percentile":
    case "histogram":
      return null;
    case "min-max":
      return settings.each === "image" && inParts ? null : { kind: "min-max" };
    case "z-score":
      if (settings.each === "image" && inParts) return null;
      if (settings.over === "all") return { kind: "z-score", above: null };
      return "above" in settings.over ? { kind: "z-score", above: settings.over.above } : null;
  }
}

/** By the metric that leads the task where there is one, else the first; of the first split. */
function leadingModel(models: readonly SelectedModels[], task: Task): SelectedModels {
  const split = Math.min(...models.map((model) => model.split));
  const own = models.filter((model) => model.split === split);
  const leading: readonly string[] = leadingMetrics(task);
  return own.find(({ metric }) => leading.includes(metric)) ?? own[0]!;
}

/** What a program must know to feed the file and to read its answer; no place of this machine and nobody of the study. */
function metadataOf(
  { experiment, learned, network }: TrainedMaps,
  { split, metric }: SelectedModels,
  part: number | null,
): Readonly<Record<string, string>> {
  const { mode } = experiment.preprocessing_dict;
  const settings = intensityOf(experiment);
  return {
    "gyrus.version": GYRUS_VERSION,
    "gyrus.task": learned.task,
    ...(learned.classes.length > 0 && { "gyrus.classes": JSON.stringify(learned.classes) }),
    ...(experiment.label !== null && { "gyrus.label": experiment.label }),
    "gyrus.model": `split-${split}/best-${metric}${part === null ? "" : `, network ${part}`}`,
    "gyrus.architecture": network.architecture,
    "gyrus.mode": mode,
    "gyrus.input_size": JSON.stringify(network.inputSize),
    "gyrus.orientation": experiment.space.orientation,
    ...(placesVoxels(experiment.space) && {
      "gyrus.space": `${JSON.stringify(experiment.space)}, outside this file`,
    }),
    "gyrus.normalize": settings === null ? "none" : `${settings.kind}, inside this file`,
    ...(mode !== "image" && { "gyrus.voting": `${experiment.voting}, outside this file` }),
  };
}
