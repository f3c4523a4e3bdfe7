/** The `split` and `<k>_fold` folders that tsvtools writes: which rows train and which validate. */
import { join } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import { problem, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { splitNumbers } from "../../experiment/splitNumbers";
import { exists } from "../../files/exists";
import { append, collect } from "../batches/collect";
import { type Cohort, readCohorts } from "../sources/cohorts";
import { tableBeside, tableNamed } from "../tables/table";
import { cutInner } from "./innerSplit";
import { type ImageRow, type LeftOutRow, readRows } from "./rows";

export interface SplitRows {
  readonly split: number;
  readonly train: readonly ImageRow[];
  readonly validation: readonly ImageRow[];
  /** With `inner_validation`: what the tables hold for validation, while `validation` was cut from what they hold for training. */
  readonly outer?: readonly ImageRow[];
  /** Rows of the tables that are in neither set. */
  readonly leftOut: { readonly train: readonly LeftOutRow[]; readonly validation: readonly LeftOutRow[] };
  /** All that its tables hold, asked or not. */
  readonly diagnoses: ReadonlySet<string>;
}

type SplitRequest = Pick<
  Experiment,
  "n_splits" | "split" | "baseline" | "valid_longitudinal" | "label" | "inner_validation" | "seed"
>;

/** Reads the tables of one split in every cohort. What is wrong goes to `problems`. */
export async function readSplit(
  cohorts: readonly Cohort[],
  split: number,
  request: SplitRequest,
  problems: Problem[],
): Promise<SplitRows> {
  const train: ImageRow[] = [];
  const validation: ImageRow[] = [];
  const leftOut: { readonly train: LeftOutRow[]; readonly validation: LeftOutRow[] } = {
    train: [],
    validation: [],
  };
  const diagnoses = new Set<string>();
  for (const cohort of cohorts) {
    const folder = request.n_splits > 1 ? join(cohort.tsvFolder, `split-${split}`) : cohort.tsvFolder;
    const read = async (set: keyof typeof leftOut, name: string) => {
      const file = await tableNamed(folder, name);
      if (file === undefined) {
        problems.push(await noTable(folder, `${name}.tsv`, request));
        return [];
      }
      const asked = {
        cohort: cohort.name,
        place: cohort.place,
        images: cohort.images,
        diagnoses: cohort.diagnoses,
        label: request.label,
      };
      const result = await collect(problems, () => readRows(file, asked));
      append(problems, result?.problems ?? []);
      append(leftOut[set], result?.leftOut ?? []);
      for (const diagnosis of result?.diagnoses ?? []) diagnoses.add(diagnosis);
      return result?.rows ?? [];
    };
    append(train, await read("train", request.baseline ? "train_baseline" : "train"));
    append(
      validation,
      await read("validation", request.valid_longitudinal ? "validation" : "validation_baseline"),
    );
  }
  if (request.inner_validation === 0) return { split, train, validation, leftOut, diagnoses };
  return { split, ...cutInner(train, split, request), outer: validation, leftOut, diagnoses };
}

/**
 * The splits of the cross-validation that an experiment does not train, for the record: one whose tables cannot be read is left
 * out.
 */
export async function otherSplits(
  experiment: SplitRequest &
    Pick<Experiment, "caps_directory" | "images" | "tsv_path" | "multi_cohort" | "diagnoses">,
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
async function noTable(folder: string, name: string, { valid_longitudinal }: SplitRequest): Promise<Problem> {
  const file = join(folder, name);
  const other = await tableBeside(file, { where: "tsv_path" });
  if (other !== undefined) return other;
  return name === "validation.tsv" && valid_longitudinal
    ? problem("split.no-longitudinal-table", { file, where: "valid_longitudinal" })
    : problem("split.no-table", { file, where: "tsv_path" });
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
  const place = { file: tsvFolder, where: "tsv_path" };
  if (!(await exists(tsvFolder))) return problem("split.no-tables-folder", place);
  if (request.n_splits <= 1) {
    const several = await foldersFrom(0, tsvFolder);
    return several === 0
      ? undefined
      : problem("split.folder-of-several", { ...place, ...countInstead(several) });
  }
  for (const split of splitNumbers(request)) {
    if (await exists(join(tsvFolder, `split-${split}`))) continue;
    const there = await foldersFrom(0, tsvFolder);
    const fix = there === 0 ? {} : countInstead(there);
    return problem("split.no-folder", { ...place, ...fix }, { split, count: request.n_splits });
  }
  const count = request.n_splits;
  const found = await foldersFrom(count, tsvFolder);
  return found > count
    ? warning("split.more-in-folder", { ...place, ...countInstead(found) }, { count, found })
    : undefined;
}

const countInstead = (count: number) => ({ where: "n_splits", instead: { values: [count] } });

/** The number of the first split from `first` on that has no folder. */
async function foldersFrom(first: number, tsvFolder: string): Promise<number> {
  let found = first;
  while (await exists(join(tsvFolder, `split-${found}`))) found++;
  return found;
}
