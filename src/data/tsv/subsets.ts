/** Writes what a split gives: `train` and a subset, longitudinal and baseline, in ClinicaDL's files. */
import { join } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { formatRecords } from "../../files/tsv";
import type { Participant, SessionTable } from "./sessions";

/** `train.tsv` and `train_baseline.tsv`, with the columns of the table. */
export async function writeTrain(
  folder: string,
  table: SessionTable,
  train: readonly Participant[],
): Promise<void> {
  await writeAtomically(join(folder, "train.tsv"), allSessions(table, train));
  await writeAtomically(join(folder, "train_baseline.tsv"), baselines(table, train));
}

/** `<name>_baseline.tsv`, and `<name>.tsv` when all its sessions are wanted. */
export async function writeSubset(
  folder: string,
  table: SessionTable,
  name: string,
  subset: readonly Participant[],
  longitudinal: boolean,
): Promise<void> {
  await writeAtomically(join(folder, `${name}_baseline.tsv`), baselines(table, subset));
  if (longitudinal) await writeAtomically(join(folder, `${name}.tsv`), allSessions(table, subset));
}

const allSessions = ({ columns }: SessionTable, people: readonly Participant[]) =>
  formatRecords(
    columns,
    people.flatMap(({ sessions }) => sessions),
  );

const baselines = ({ columns }: SessionTable, people: readonly Participant[]) =>
  formatRecords(
    columns,
    people.map(({ baseline }) => baseline),
  );

/** What was asked, as ClinicaDL keeps it beside its tables (4 spaces). */
export async function writeRecord(file: string, record: Readonly<Record<string, unknown>>): Promise<void> {
  await writeAtomically(file, `${JSON.stringify(record, null, 4)}\n`);
}
