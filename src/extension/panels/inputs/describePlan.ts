/** The plan of an experiment's data as the preview of inputs is told of it. */
import type { InputPlan } from "../../../../webview/inputs/messages";
import type { InputSettings } from "../../../data/batches/networkInput";
import { keptVoxels } from "../../../data/batches/sizeReduction";
import type { DataPlan } from "../../../data/plan/experimentData";
import type { PlannedImage } from "../../../data/plan/plannedImage";
import { imageKey } from "../../../data/sources/images";
import type { Experiment } from "../../../experiment/experiment";

export interface Planned {
  readonly experiment: Experiment;
  readonly data: DataPlan;
  /** In the order in which the view numbers them. */
  readonly images: readonly PlannedImage[];
}

export const planned = (experiment: Experiment, data: DataPlan): Planned => ({
  experiment,
  data,
  images: uniqueImages(data),
});

function uniqueImages({ splits }: DataPlan): readonly PlannedImage[] {
  const all = splits.flatMap(({ train, validation }) => [...train, ...validation]);
  return [...new Map(all.map((image) => [imageKey(image), image])).values()];
}

export function describePlan({ experiment, data, images }: Planned): InputPlan {
  const { input, splits, classes } = data;
  const indices = new Map(images.map((image, index) => [imageKey(image), index]));
  const indicesOf = (set: readonly PlannedImage[]) =>
    Uint32Array.from(set, (image) => indices.get(imageKey(image)) ?? 0);
  return {
    task: experiment.network_task,
    label: experiment.label,
    classes,
    intensity: input.intensity?.kind ?? null,
    imageSize: input.imageSize,
    inputSize: input.inputSize,
    cut: unshared(input.cut),
    reduced: input.reduction === null ? null : keptVoxels(input.imageSize, input.reduction),
    augmentation: transformNames(input),
    images: images.map(({ participantId, sessionId, cohort, label }) => ({
      participant: participantId,
      session: sessionId,
      cohort,
      label,
    })),
    splits: splits.map(({ split, train, validation }) => ({
      split,
      train: indicesOf(train),
      validation: indicesOf(validation),
    })),
    seed: experiment.seed,
  };
}

/** As the experiment file names them. */
const transformNames = ({ augmentation, transforms = null }: InputSettings): readonly string[] =>
  transforms === null
    ? augmentation
    : transforms.transforms.map((step) =>
        "one_of" in step ? step.one_of.map(({ kind }) => kind).join(" | ") : step.kind,
      );

/** Masks stand in memory that workers share, which cannot be sent to a view. */
function unshared(cut: DataPlan["input"]["cut"]): InputPlan["cut"] {
  if (cut.mode !== "roi") return cut;
  return {
    mode: "roi",
    regions: cut.regions.map(({ name, planes, mask }) => ({
      name,
      planes,
      ...(mask === undefined ? {} : { mask: new Uint8Array(mask) }),
    })),
  };
}
