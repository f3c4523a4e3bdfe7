/** The `split` and `<k>_fold` folders that tsvtools writes: which rows train and which validate. */
import { join } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import type { Problem } from "../../experiment/problem";
import { exists } from "../../files/exists";
import { collect } from "../batches/collect";
import { type Cohort, readCohorts } from "../sources/cohorts";
import { type ImageRow, readRows } from "./rows";

export interface SplitRows {
  readonly split: number;
  readonly train: readonly ImageRow[];
  readonly validation: readonly ImageRow[];
  /** All that its tables hold, asked or not. */
  readonly diagnoses: ReadonlySet<string>;
}

type SplitRequest = Pick<Experiment, "n_splits" | "split" | "baseline" | "valid_longitudinal" | "label">;

/** Numbers of the splits that an experiment trains: `split`, or all `n_splits`; 0 alone for a single split. */
export function splitNumbers({ n_splits, split }: Pick<Experiment, "n_splits" | "split">): number[] {
  return split.length > 0 ? [...new Set(split)] : Array.from({ length: Math.max(1, n_splits) }, (_, i) => i);
}

/** Splits that do not exist: only 0 without folds, 0 to n_splits - 1 with them. */
export function splitProblems({ n_splits, split }: Pick<Experiment, "n_splits" | "split">): Problem[] {
  const count = Math.max(1, n_splits);
  return split
    .filter((number) => number >= count)
    .map((number) => ({
      severity: "error",
      where: "split",
      message: `There is no split ${number}: the splits are 0 to ${count - 1}.`,
      remedy: "Change `split` or `n_splits`.",
    }));
}

/** Reads the tables of one split in every cohort. What is wrong goes to `problems`. */
export async function readSplit(
  cohorts: readonly Cohort[],
  split: number,
  request: SplitRequest,
  problems: Problem[],
): Promise<SplitRows> {
  const train: ImageRow[] = [];
  const validation: ImageRow[] = [];
  const diagnoses = new Set<string>();
  for (const cohort of cohorts) {
    const folder = request.n_splits > 1 ? join(cohort.tsvFolder, `split-${split}`) : cohort.tsvFolder;
    const read = async (name: string) => {
      if (!(await exists(join(folder, name)))) {
        problems.push(noTable(folder, name, request));
        return [];
      }
      const asked = {
        cohort: cohort.name,
        caps: cohort.caps,
        diagnoses: cohort.diagnoses,
        label: request.label,
      };
      const result = await collect(problems, () => readRows(join(folder, name), asked));
      problems.push(...(result?.problems ?? []));
      for (const diagnosis of result?.diagnoses ?? []) diagnoses.add(diagnosis);
      return result?.rows ?? [];
    };
    train.push(...(await read(request.baseline ? "train_baseline.tsv" : "train.tsv")));
    validation.push(
      ...(await read(request.valid_longitudinal ? "validation.tsv" : "validation_baseline.tsv")),
    );
  }
  return { split, train, validation, diagnoses };
}

/**
 * The splits of the cross-validation that an experiment does not train, for the record: one whose tables cannot be read is left
 * out.
 */
export async function otherSplits(
  experiment: SplitRequest & Pick<Experiment, "caps_directory" | "tsv_path" | "multi_cohort" | "diagnoses">,
): Promise<SplitRows[]> {
  const trained = splitNumbers(experiment);
  const others = splitNumbers({ ...experiment, split: [] }).filter((split) => !trained.includes(split));
  if (others.length === 0) return [];
  const cohorts = await readCohorts(experiment);
  const read = await Promise.all(
    others.map(async (split) => {
      const problems: Problem[] = [];
      const rows = await readSplit(cohorts, split, experiment, problems);
      return problems.some(({ severity }) => severity === "error") ? [] : [rows];
    }),
  );
  return read.flat();
}

/** A table that the folder of a split lacks. Only a set of its own, or `--valid_longitudinal`, makes those for validation. */
function noTable(folder: string, name: string, { valid_longitudinal }: SplitRequest): Problem {
  const asked = name === "validation.tsv" && valid_longitudinal;
  return {
    severity: "error",
    file: join(folder, name),
    where: asked ? "valid_longitudinal" : "tsv_path",
    message: `The file does not exist${asked ? ', but "valid_longitudinal" asks for it' : ""}.`,
    remedy: asked
      ? "Make the sets with `--valid_longitudinal` of `gyrus tsv split` or `kfold`, or set `valid_longitudinal` to false."
      : "Give a folder with a training and a validation set, as `gyrus tsv split` and `kfold` write them.",
  };
}

/** Folders that do not hold the splits that are asked; a k-fold folder taken for a single split, or the reverse. */
export async function folderProblems(
  cohorts: readonly Cohort[],
  request: Pick<Experiment, "n_splits" | "split">,
): Promise<Problem[]> {
  const problems = await Promise.all(cohorts.map(({ tsvFolder }) => folderProblem(tsvFolder, request)));
  return problems.filter((problem) => problem !== undefined);
}

async function folderProblem(
  tsvFolder: string,
  request: Pick<Experiment, "n_splits" | "split">,
): Promise<Problem | undefined> {
  const problem = (message: string, remedy: string): Problem => ({
    severity: "error",
    file: tsvFolder,
    where: "tsv_path",
    message,
    remedy,
  });
  if (!(await exists(tsvFolder))) return problem("The folder does not exist.", "Check `tsv_path`.");
  if (request.n_splits <= 1) {
    return (await exists(join(tsvFolder, "split-0")))
      ? problem(
          "This folder holds several splits (split-0, ...), but a single one is asked.",
          "Set `n_splits` to their number, or give one of them as `tsv_path`.",
        )
      : undefined;
  }
  for (const split of splitNumbers(request)) {
    if (await exists(join(tsvFolder, `split-${split}`))) continue;
    return problem(
      `There is no folder split-${split}, but "n_splits" is ${request.n_splits}.`,
      "Give the `<k>_fold` folder that has that many splits, or set `n_splits` to what it has.",
    );
  }
  return undefined;
}
