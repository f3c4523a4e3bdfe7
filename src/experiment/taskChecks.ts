/** What each key may be, given the others: the task, the mode, the number of splits. Every rule is one function. */

import { nearestName } from "../network/nearestName";
import { ARCHITECTURES, ZOO } from "../network/zoo/zoo";
import { OPTIMIZERS } from "../optimizer/optimizers";
import { lossesOf } from "../statistics/losses/losses";
import { selectableMetrics } from "../statistics/metrics/metrics";
import { augmentationFindings } from "./augmentationChecks";
import type { Experiment } from "./experiment";
import { isRecord } from "./file/clinicaDlKeys";
import { idleKeyProblems } from "./idleKeys";
import { codeOf, labelCodeProblems } from "./labelCode";
import { problem, warning } from "./problems/makeProblem";
import { otherLists } from "./problems/otherLists";
import type { Problem } from "./problems/problem";
import { SUVR_REGIONS } from "./schema/preprocessing";

/** Without the file, which is known to the caller. */
type Finding = Problem;
/** The keys as typed. */
type Given = Readonly<Record<string, unknown>>;

/**
 * @param given the keys as typed, to tell a value from a default
 */
export function taskProblems(experiment: Experiment, given: Given, file: string): Problem[] {
  const findings = [
    ...lossFindings(experiment),
    ...rateFindings(experiment),
    ...idleKeyProblems(experiment, given),
    ...selectionFindings(experiment),
    ...labelFindings(experiment),
    ...samplerFindings(experiment),
    ...partFindings(experiment, given),
    ...splitProblems(experiment),
    ...architectureFindings(experiment),
    ...preprocessingFindings(experiment),
    ...imagesFindings(experiment, given),
    ...augmentationFindings(experiment),
  ];
  return findings.map((finding) => ({ file, ...finding }));
}

function lossFindings({ network_task: task, loss }: Experiment): Finding[] {
  const suitable = lossesOf(task);
  if (suitable.includes(loss)) return [];
  const place = { where: "loss", instead: { values: suitable } };
  return [problem("loss.not-for-task", place, { loss, task, allowed: suitable.map((name) => `"${name}"`) })];
}

/** A rate so much above PyTorch's default has hardly ever trained anything: it is a slip of the unit. */
const RATE_TIMES_USUAL = 100;

function rateFindings({ learning_rate: rate, optimizer }: Experiment): Finding[] {
  const usual = OPTIMIZERS[optimizer].usualRate;
  if (rate <= usual * RATE_TIMES_USUAL) return [];
  return [
    warning(
      "learning-rate.high",
      { where: "learning_rate", instead: { values: [usual] } },
      { rate, optimizer, usual },
    ),
  ];
}

function selectionFindings(experiment: Experiment): Finding[] {
  const { network_task: task, selection_metrics: metrics } = experiment;
  if (experiment.selection === "last") {
    return experiment.adaptive_learning_rate
      ? [problem("selection.last-looks", { where: "adaptive_learning_rate" })]
      : [];
  }
  const selectable = selectableMetrics(task);
  return metrics
    .filter((metric) => !selectable.includes(metric))
    .map((metric) => {
      const meant = nearestName(metric, selectable);
      const place = {
        where: "selection_metrics",
        instead: { values: otherLists(metrics, metric, meant === undefined ? [] : [meant]) },
      };
      return problem("selection.not-for-task", place, { task, metric, metrics: selectable, meant });
    });
}

function labelFindings(experiment: Experiment): Finding[] {
  const codes = experiment.label_code;
  if (experiment.network_task !== "classification" || codes === null) return [];
  const classes = new Set(Object.values(codes));
  const findings: Finding[] = labelCodeProblems(codes);
  if (experiment.label === "diagnosis") {
    const missing = experiment.diagnoses.filter((diagnosis) => codeOf(codes, diagnosis) === undefined);
    for (const diagnosis of missing) {
      findings.push(problem("label-code.diagnosis-absent", { where: "label_code" }, { diagnosis }));
    }
  }
  return [...findings, ...classWeightProblems(experiment, classes.size)];
}

/** One weight for each class, where weights are given. */
export function classWeightProblems(
  { class_weights: weights }: Pick<Experiment, "class_weights">,
  classes: number,
): Problem[] {
  if (!Array.isArray(weights) || weights.length === classes) return [];
  return [problem("class-weights.count", { where: "class_weights" }, { weights: weights.length, classes })];
}

function samplerFindings({ network_task: task, sampler }: Experiment): Finding[] {
  if (task !== "reconstruction" || sampler === "random") return [];
  return [problem("sampler.no-classes", { where: "sampler" })];
}

function partFindings(experiment: Experiment, given: Given): Finding[] {
  const { mode } = experiment.preprocessing_dict;
  const findings: Finding[] = [];
  if (experiment.multi_network && mode === "image") {
    findings.push(problem("multi-network.whole-images", { where: "multi_network" }));
  }
  if (given.mode !== undefined && given.mode !== mode) {
    const values = { mode: JSON.stringify(given.mode), other: mode };
    findings.push(problem("mode.given-twice", { where: "mode" }, values));
  }
  return findings;
}

/** Splits that do not exist: only 0 without folds, 0 to n_splits - 1 with them. */
export function splitProblems({
  split: asked,
  n_splits: count,
}: Pick<Experiment, "split" | "n_splits">): Problem[] {
  const last = Math.max(1, count) - 1;
  return asked
    .filter((split) => split > last)
    .map((split) =>
      last === 0
        ? problem("split.single", { where: "split" }, { split, count })
        : problem("split.none", { where: "split" }, { split, count, last }),
    );
}

function architectureFindings({ network_task: task, architecture }: Experiment): Finding[] {
  // The convolutions of any CNN become an autoencoder.
  if (task === "reconstruction") return [];
  if (typeof architecture !== "string") {
    if (architecture.fc !== undefined) return [];
    return [problem("architecture.no-answer", { where: "architecture" }, { task })];
  }
  const suitable = ARCHITECTURES.filter((name) => ZOO[name].tasks.includes(task));
  if (suitable.some((name) => name === architecture)) return [];
  const place = { where: "architecture", instead: { values: suitable } };
  return [problem("architecture.not-for-task", place, { architecture, task, suitable })];
}

/** Which images are read of those that stand in no CAPS, `images` says. */
function imagesFindings({ images }: Experiment, { preprocessing_dict: given }: Given): Finding[] {
  if (images === null || !isRecord(given) || given.prepare_dl !== true) return [];
  return [problem("images.prepared", { where: "preprocessing_dict.prepare_dl" })];
}

/** Clinica's tracers and regions. */
const PET_VALUES = {
  tracer: ["18FFDG", "18FAV45", "11CPIB", "18FAV1451", "18FFBB", "18FFMM"],
  suvr_reference_region: SUVR_REGIONS,
} as const;

function preprocessingFindings({ preprocessing_dict: preprocessing, images }: Experiment): Finding[] {
  const findings: Finding[] = [];
  const where = (key: string) => `preprocessing_dict.${key}`;
  if (images === null && preprocessing.file_type === undefined) {
    if (preprocessing.preprocessing === "custom" && !preprocessing.custom_suffix) {
      findings.push(problem("images.no-suffix", { where: where("custom_suffix") }));
    }
    if (preprocessing.preprocessing === "pet-linear") {
      for (const key of ["tracer", "suvr_reference_region"] as const) {
        if (preprocessing[key]) continue;
        const instead = { values: PET_VALUES[key] };
        findings.push(problem("images.no-pet-key", { where: where(key), instead }, { key }));
      }
    }
  }
  const { preprocessing: pipeline, use_uncropped_image: uncropped, roi_list: regions } = preprocessing;
  // Cropped t1-linear images have regions of their own, when they have their usual size: the hippocampi.
  const ownRegions = pipeline === "t1-linear" && !uncropped;
  if (preprocessing.mode === "roi" && (regions ?? []).length === 0 && !ownRegions) {
    findings.push(problem("regions.none", { where: where("roi_list") }));
  }
  return findings;
}
