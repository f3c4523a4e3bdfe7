/** What each key may be, given the others: the task, the mode, the number of splits. Every rule is one function. */

import { nearestName } from "../network/nearestName";
import { ARCHITECTURES, ZOO } from "../network/zoo/zoo";
import type { Experiment } from "./experiment";
import { selectableMetrics } from "./metricNames";
import type { Preprocessing } from "./preprocessing";
import type { Problem } from "./problem";

type Finding = Omit<Problem, "file">;

/**
 * @param given the keys as typed, to tell a value from a default
 */
export function taskProblems(
  experiment: Experiment,
  given: Readonly<Record<string, unknown>>,
  file: string,
): Problem[] {
  const findings = [
    ...lossFindings(experiment),
    ...selectionFindings(experiment),
    ...labelFindings(experiment, given),
    ...samplerFindings(experiment),
    ...partFindings(experiment, given),
    ...splitFindings(experiment),
    ...transferFindings(experiment),
    ...architectureFindings(experiment),
    ...preprocessingFindings(experiment.preprocessing_dict),
  ];
  return findings.map((finding) => ({ file, ...finding }));
}

function error(where: string, message: string, remedy: string): Finding {
  return { severity: "error", where, message, remedy };
}

function warning(where: string, message: string, remedy: string): Finding {
  return { severity: "warning", where, message, remedy };
}

function lossFindings({ network_task: task, loss }: Experiment): Finding[] {
  const expected = task === "classification" ? "CrossEntropyLoss" : "MSELoss";
  if (loss === expected) return [];
  const finding = error(
    "loss",
    `"loss" is "${loss}", which is not for ${task}.`,
    `It must be "${expected}".`,
  );
  return [{ ...finding, instead: { values: [expected] } }];
}

function selectionFindings({ network_task: task, selection_metrics: metrics }: Experiment): Finding[] {
  const selectable = selectableMetrics(task);
  return metrics
    .filter((metric) => !selectable.includes(metric))
    .map((metric) => {
      const meant = nearestName(metric, selectable);
      const suggestion = meant === undefined ? "" : ` Did you mean "${meant}"?`;
      return error(
        "selection_metrics",
        `The best model of a ${task} cannot be chosen by "${metric}".`,
        `Choose among ${selectable.join(", ")}.${suggestion}`,
      );
    });
}

function labelFindings(experiment: Experiment, given: Readonly<Record<string, unknown>>): Finding[] {
  if (experiment.network_task !== "classification") {
    return ["label_code", "class_weights", "selection_threshold"]
      .filter((key) => isSet(given[key]))
      .map((key) => warning(key, `"${key}" has no effect on a ${experiment.network_task}.`, "Remove it."));
  }
  const codes = experiment.label_code;
  if (codes === null) return [];
  const classes = new Set(Object.values(codes));
  const findings: Finding[] = [];
  const gaps = [...classes].some((code) => code >= classes.size);
  if (gaps || classes.size < 2) {
    findings.push(
      error(
        "label_code",
        `The classes of "label_code" are ${[...classes].sort().join(", ")}.`,
        "Number at least two classes 0, 1, ... without a gap.",
      ),
    );
  }
  if (experiment.label === "diagnosis") {
    const missing = experiment.diagnoses.filter((diagnosis) => !(diagnosis in codes));
    for (const diagnosis of missing) {
      findings.push(
        error(
          "label_code",
          `"diagnoses" asks for ${diagnosis}, which has no class in "label_code".`,
          `Add "${diagnosis}" to "label_code", or remove it from "diagnoses".`,
        ),
      );
    }
  }
  const weights = experiment.class_weights;
  if (Array.isArray(weights) && weights.length !== classes.size) {
    findings.push(
      error(
        "class_weights",
        `"class_weights" holds ${weights.length} weights for ${classes.size} classes.`,
        "Give one weight for each class, in the order of their codes.",
      ),
    );
  }
  return findings;
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function samplerFindings({ network_task: task, sampler }: Experiment): Finding[] {
  if (task !== "reconstruction" || sampler === "random") return [];
  return [
    error(
      "sampler",
      'A reconstruction has no classes to balance, but "sampler" is "weighted".',
      'Set it to "random".',
    ),
  ];
}

function partFindings(experiment: Experiment, given: Readonly<Record<string, unknown>>): Finding[] {
  const { mode } = experiment.preprocessing_dict;
  const findings: Finding[] = [];
  if (experiment.multi_network && mode === "image") {
    findings.push(
      error(
        "multi_network",
        'Several networks need several parts, but the mode is "image".',
        'Set it to false, or the mode to "patch", "roi" or "slice".',
      ),
    );
  }
  if (!experiment.multi_network && experiment.networks_at_once > 1) {
    findings.push(
      warning(
        "networks_at_once",
        '"networks_at_once" has no effect on one network.',
        'Set "multi_network" to true, or remove it.',
      ),
    );
  }
  if (given.mode !== undefined && given.mode !== mode) {
    findings.push(
      error(
        "mode",
        `"mode" is ${JSON.stringify(given.mode)}, but "preprocessing_dict.mode" is "${mode}".`,
        "Remove one of the two.",
      ),
    );
  }
  return findings;
}

function splitFindings({ split, n_splits: count }: Experiment): Finding[] {
  const splits = Math.max(1, count);
  return split
    .filter((index) => index >= splits)
    .map((index) =>
      error(
        "split",
        `There is no split ${index}: "n_splits" is ${count}.`,
        splits === 1 ? "The only split is 0." : `Splits are numbered 0 to ${splits - 1}.`,
      ),
    );
}

function transferFindings({ transfer_path: path, nb_unfrozen_layer: layers }: Experiment): Finding[] {
  if (path !== null || layers === 0) return [];
  return [
    warning(
      "nb_unfrozen_layer",
      '"nb_unfrozen_layer" has no effect without a transfer.',
      'Give "transfer_path", or remove it.',
    ),
  ];
}

function architectureFindings({ network_task: task, architecture }: Experiment): Finding[] {
  // The convolutions of any CNN become an autoencoder.
  if (task === "reconstruction") return [];
  if (typeof architecture !== "string") {
    if (architecture.fc !== undefined) return [];
    return [
      error(
        "architecture",
        `The layers of a ${task} need an answer, but "fc" is absent.`,
        'Add "fc" to "architecture".',
      ),
    ];
  }
  const suitable = ARCHITECTURES.filter((name) => ZOO[name].tasks.includes(task));
  if (suitable.some((name) => name === architecture)) return [];
  return [
    {
      ...error(
        "architecture",
        `"${architecture}" is not for ${task}.`,
        `Choose one of ${suitable.join(", ")}.`,
      ),
      instead: { values: suitable },
    },
  ];
}

function preprocessingFindings(preprocessing: Preprocessing): Finding[] {
  const findings: Finding[] = [];
  const where = (key: string) => `preprocessing_dict.${key}`;
  if (preprocessing.file_type === undefined) {
    if (preprocessing.preprocessing === "custom" && !preprocessing.custom_suffix) {
      findings.push(
        error(
          where("custom_suffix"),
          "Custom images are found by the end of their file name, which is absent.",
          'Give "custom_suffix", "graymatter_T1w.nii.gz" for instance.',
        ),
      );
    }
    if (preprocessing.preprocessing === "pet-linear") {
      for (const key of ["tracer", "suvr_reference_region"] as const) {
        if (preprocessing[key]) continue;
        findings.push(
          error(where(key), `PET images are found by their ${key}, which is absent.`, `Give "${key}".`),
        );
      }
    }
  }
  const { preprocessing: pipeline, use_uncropped_image: uncropped, roi_list: regions } = preprocessing;
  // Cropped t1-linear images have regions of their own, when they have their usual size: the hippocampi.
  const ownRegions = pipeline === "t1-linear" && !uncropped;
  if (preprocessing.mode === "roi" && (regions ?? []).length === 0 && !ownRegions) {
    findings.push(
      error(
        where("roi_list"),
        'In mode "roi" at least one region is needed.',
        'Give "roi_list", the names of masks in the CAPS.',
      ),
    );
  }
  return findings;
}
