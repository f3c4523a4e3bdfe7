/** What in `augmentation` does not go together with itself or with other keys. */
import type { Experiment } from "./experiment";
import { isRecord } from "./file/clinicaDlKeys";
import { problem } from "./problems/makeProblem";
import type { Problem } from "./problems/problem";
import { intensityOf } from "./schema/intensity";

export function augmentationFindings(experiment: Experiment): Problem[] {
  const { augmentation, data_augmentation: names } = experiment;
  if (augmentation === null) return [];
  const twice = names !== false && names.length > 0;
  return [
    ...(twice ? [problem("augmentation.twice", { where: "augmentation" })] : []),
    ...(augmentation.on === "image" ? wholeImageFindings(experiment) : []),
    ...turnedRanges(augmentation.transforms, "augmentation.transforms").map((where) =>
      problem("augmentation.range", { where }, { key: where }),
    ),
  ];
}

/** Whole images are normalised and transformed before they are cut. */
function wholeImageFindings(experiment: Experiment): Problem[] {
  const { mode, prepare_dl } = experiment.preprocessing_dict;
  if (mode === "image") return [];
  const where = "augmentation.on";
  const intensity = intensityOf(experiment);
  const ofParts = intensity !== null && intensity.each === "part";
  return [
    ...(prepare_dl ? [problem("augmentation.tensors", { where })] : []),
    ...(ofParts ? [problem("augmentation.normalised-parts", { where })] : []),
  ];
}

/** Places of pairs of numbers, the first of which is above the second. */
function turnedRanges(value: unknown, where: string): readonly string[] {
  if (Array.isArray(value)) {
    const [low, high] = value;
    if (value.length === 2 && typeof low === "number" && typeof high === "number")
      return low > high ? [where] : [];
    return value.flatMap((one, at) => turnedRanges(one, `${where}.${at}`));
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => turnedRanges(one, `${where}.${key}`));
}
