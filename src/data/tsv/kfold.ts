/** `tsvtools kfold`: k splits, each participant in one validation set. The folds are ClinicaDL's, to the person. */
import { join } from "node:path";
import { refuse, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { writeNewFolder } from "../../files/wholeFolder";
import { isMissing } from "../tables/missing";
import { columnSpellings } from "../tables/spellings";
import { requireColumn } from "./columns";
import { besideTable, readSessions } from "./sessions";
import { stratifiedFolds } from "./stratifiedFolds";
import { writeRecord, writeSubset, writeTrain } from "./subsets";

export interface KFoldOptions {
  readonly nSplits: number;
  readonly subsetName: string;
  /** Column whose values each fold holds in equal shares; null for the diagnosis. */
  readonly stratification: string | null;
  /** Also write all the sessions of the validation sets. */
  readonly validLongitudinal: boolean;
}

/** ClinicaDL's. */
export const KFOLD_DEFAULTS: KFoldOptions = {
  nSplits: 5,
  subsetName: "validation",
  stratification: null,
  validLongitudinal: false,
};

export interface KFoldOutcome {
  readonly folder: string;
  /** Participants in the validation set of each split. */
  readonly sizes: readonly number[];
  readonly warnings: readonly Problem[];
}

/** Writes `<folder of file>/<k>_fold` (or `<k>_fold_2`, ...) with a folder `split-<i>` for each fold. Throws an InputError. */
export async function kfoldTable(
  file: string,
  options: KFoldOptions = KFOLD_DEFAULTS,
): Promise<KFoldOutcome> {
  const { nSplits, subsetName, stratification, validLongitudinal } = options;
  const table = await readSessions(file, [stratification ?? "diagnosis"]);
  const column = requireColumn(table.table, stratification ?? "diagnosis");
  const misspelt = columnSpellings(table.table, column);
  if (misspelt.length > 0) throw new InputError(misspelt);
  const labels = table.participants.map(({ baseline }) => baseline[column] ?? "");
  checkCounts(file, labels, nSplits);
  const folds = stratifiedFolds(labels, nSplits);

  const sizes: number[] = [];
  const folder = await writeNewFolder(besideTable(table), `${nSplits}_fold`, async (temporary) => {
    await writeRecord(join(temporary, "kfold.json"), {
      n_splits: nSplits,
      subset_name: subsetName,
      stratification,
    });
    for (let fold = 0; fold < nSplits; fold++) {
      const split = join(temporary, `split-${fold}`);
      const train = table.participants.filter((_, i) => folds[i] !== fold);
      const validation = table.participants.filter((_, i) => folds[i] === fold);
      await writeTrain(split, table, train);
      await writeSubset(split, table, subsetName, validation, validLongitudinal);
      sizes.push(validation.length);
    }
  });
  const warnings = [...table.warnings, ...absentFromFolds(file, column, labels, folds, nSplits)];
  return { folder, sizes, warnings };
}

/** A kind of which there are fewer people than folds is in the validation set of some of them only. */
function absentFromFolds(
  file: string,
  column: string,
  labels: readonly string[],
  folds: readonly number[],
  nSplits: number,
): Problem[] {
  const names = [...new Set(labels)].filter((name) => !isMissing(name));
  return names.flatMap((name) => {
    const holding = new Set(folds.filter((_, i) => labels[i] === name));
    const lacking = Array.from({ length: nSplits }, (_, fold) => fold).filter((fold) => !holding.has(fold));
    const values = { column, name, people: labels.filter((label) => label === name).length };
    const [only] = holding;
    return [
      ...(lacking.length === 0
        ? []
        : [warning("folds.kind-not-validated", { file }, { ...values, lacking })]),
      ...(holding.size === 1
        ? [warning("folds.kind-not-trained", { file }, { ...values, split: only })]
        : []),
    ];
  });
}

function checkCounts(file: string, labels: readonly string[], nSplits: number): void {
  if (!Number.isInteger(nSplits) || nSplits < 2) {
    throw refuse("folds.fewer-than-two", { file }, { folds: nSplits });
  }
  const counts = [...new Set(labels)].map((label) => labels.filter((other) => other === label).length);
  const largest = Math.max(0, ...counts);
  if (largest < nSplits) {
    throw refuse("folds.too-many", { file }, { folds: nSplits, participants: labels.length, largest });
  }
}
