/** The study of a training that was planned: its scans with their sets, columns and headers. */
import { join } from "node:path";
import { mapLimited } from "../../data/batches/collect";
import type { DataPlan } from "../../data/plan/experimentData";
import { readCohorts } from "../../data/sources/cohorts";
import { imageKey } from "../../data/sources/images";
import type { Experiment } from "../../experiment/experiment";
import { type Scan, type Study, scanOf } from "../study";
import { readColumns } from "./columns";
import { regionMasks } from "./regionMasks";
import { sourceSpace } from "./sourceSpace";
import { taughtBefore } from "./transferSource";

/** Throws an InputError where a table cannot be read that could be read before. */
export async function planStudy(experiment: Experiment, plan: DataPlan): Promise<Study> {
  const columns = await readColumns(await tablesOf(experiment, plan));
  const scans = await mapLimited(scansOf(plan), PARALLEL, async (scan) => ({
    ...scan,
    columns: await columns(scan),
  }));
  const splits = plan.splits.map(({ split }) => split);
  return {
    experiment,
    scans: [...scans, ...(await taughtBefore(experiment, splits))],
    masks: regionMasks(plan.input.cut),
    source: await sourceSpace(experiment),
  };
}

/** Sidecars at a time: network folders answer slowly, one by one, but well in parallel. */
const PARALLEL = 32;

/** Each image once, with all its sets; its columns are not read yet. */
function scansOf(plan: DataPlan): readonly Scan[] {
  const scans = new Map<string, Scan>();
  for (const { split, train, validation, outer } of plan.splits) {
    // An inner validation set is of the people of the training table: what must not leak is the fold.
    const nested = outer !== undefined;
    const sets = nested ? { train: [...train, ...validation], validation: outer } : { train, validation };
    for (const kind of ["train", "validation"] as const) {
      for (const image of sets[kind]) {
        const known = scans.get(imageKey(image)) ?? scanOf(image, [], plan.headers.get(image.file) ?? null);
        scans.set(imageKey(image), { ...known, sets: [...known.sets, { kind, split }] });
      }
    }
  }
  return [...scans.values()];
}

/** The tables of the sets of each cohort, whether they are there or not. */
async function tablesOf(
  experiment: Experiment,
  { splits }: DataPlan,
): Promise<readonly { readonly cohort: string; readonly tables: readonly string[] }[]> {
  const { n_splits, baseline, valid_longitudinal } = experiment;
  const names = [
    baseline ? "train_baseline.tsv" : "train.tsv",
    valid_longitudinal ? "validation.tsv" : "validation_baseline.tsv",
  ];
  return (await readCohorts(experiment)).map(({ name: cohort, tsvFolder }) => ({
    cohort,
    tables: splits
      .map(({ split }) => (n_splits > 1 ? join(tsvFolder, `split-${split}`) : tsvFolder))
      .flatMap((folder) => names.map((name) => join(folder, name))),
  }));
}
