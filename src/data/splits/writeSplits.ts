/** Writes planned splits as ClinicaDL lays them out, with a record of how they were made. */
import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { readWhole } from "../../files/reader";
import { formatRecords } from "../../files/tsv";
import { writeNewFolder } from "../../files/wholeFolder";
import { writeRecord } from "../tsv/subsets";
import type { SplitChoices } from "./choices";
import type { SplitPlan } from "./makeSplits";
import type { SetBalance } from "./setBalance";

export interface SplitsToWrite {
  readonly plan: SplitPlan;
  readonly choices: SplitChoices;
  readonly balance: SetBalance;
  /** The table that they are made from. */
  readonly table: string;
  /** Of Gyrus. */
  readonly version: string;
}

export interface WrittenSplits {
  readonly folder: string;
  /** What `tsv_path` of an experiment is to be. */
  readonly tsvPath: string;
  /** The people set apart, for a prediction; null without. */
  readonly testTable: string | null;
}

/**
 * Writes `parent/name` (or `name_2`, ...): `labels.tsv`, `split` with the people set apart where there are some, beside or in it
 * `<k>_fold` or a single `split`, and `splits.json`: choices, seed, version, the table with its hash, counts and balance.
 */
export async function writeSplits(
  parent: string,
  name: string,
  { plan, choices, balance, table, version }: SplitsToWrite,
): Promise<WrittenSplits> {
  const { test, splits } = plan;
  const folds = splits.length > 1 ? `${splits.length}_fold` : "split";
  const above = test.length > 0 ? ["split"] : [];
  const hash = createHash("sha256")
    .update(await readWhole(table, "table"))
    .digest("hex");
  const folder = await writeNewFolder(parent, name, async (temporary) => {
    const everybody = [...plan.people.keys()];
    await writeAtomically(join(temporary, "labels.tsv"), rowsOf(plan, everybody));
    if (test.length > 0) {
      const inTest = new Set(test);
      const place = join(temporary, "split");
      await writeSet(
        place,
        "train",
        plan,
        everybody.filter((i) => !inTest.has(i)),
      );
      await writeSet(place, "test", plan, test);
      await writeRecord(join(place, "split.json"), { n_test: choices.test, subset_name: "test" });
    }
    const place = join(temporary, ...above, folds);
    for (const [i, { train, validation }] of splits.entries()) {
      const own = splits.length > 1 ? join(place, `split-${i}`) : place;
      await writeSet(own, "train", plan, train);
      await writeSet(own, "validation", plan, validation);
    }
    await writeRecord(
      join(place, splits.length > 1 ? "kfold.json" : "split.json"),
      splits.length > 1
        ? { n_splits: splits.length, subset_name: "validation", stratification: choices.label }
        : {
            n_test: choices.validation.kind === "share" ? choices.validation.share : 0,
            subset_name: "validation",
          },
    );
    await writeRecord(join(temporary, "splits.json"), {
      gyrus_version: version,
      table: relative(join(parent, name), table),
      table_sha256: hash,
      label: choices.label,
      classes: choices.classes,
      test: choices.test,
      validation: choices.validation,
      keep_together: choices.keepTogether,
      stratify: choices.stratify,
      sessions: choices.sessions,
      seed: choices.seed,
      people: plan.people.length,
      groups: plan.groups,
      test_people: test.length,
      splits: splits.map(({ leftOut, train, validation }) => ({
        left_out: leftOut,
        train_people: train.length,
        validation_people: validation.length,
      })),
      left_out_rows: plan.leftOut,
      balance,
      experiment: plan.keys,
    });
  });
  return {
    folder,
    tsvPath: join(folder, ...above, folds),
    testTable: test.length === 0 ? null : join(folder, "split", "test_baseline.tsv"),
  };
}

/** All sessions, and the first ones: `train.tsv`, `train_baseline.tsv`. */
async function writeSet(
  folder: string,
  name: string,
  plan: SplitPlan,
  people: readonly number[],
): Promise<void> {
  await writeAtomically(join(folder, `${name}.tsv`), rowsOf(plan, people));
  const firsts = people.map((i) => plan.people[i]!.first);
  await writeAtomically(join(folder, `${name}_baseline.tsv`), formatRecords(plan.columns, firsts));
}

const rowsOf = ({ columns, people }: SplitPlan, some: readonly number[]) =>
  formatRecords(
    columns,
    some.flatMap((i) => people[i]!.rows),
  );
