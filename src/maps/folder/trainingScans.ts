/**
 * By which voxels the images of a MAPS are known that it has learned from (Gyrus): one row for each session of
 * `train+validation.tsv`, in a table beside it, so that a copy under another name is found when they are not at hand. A hash tells nobody
 * what an image shows, but whoever holds the same file can tell that it was there. A former MAPS, or one of ClinicaDL, has none.
 */
import { writeAtomically } from "../../files/atomicFile";
import { formatRows, parseRecords, readText } from "../../files/tsv";
import type { Session } from "./groups";
import { mapsPlace } from "./place";
import { storedKey } from "./trainingSpace";

export interface KnownScan extends Session {
  readonly cohort: string;
  /** Of the voxels as the networks read them. */
  readonly hash: string;
}

const COLUMNS = ["participant_id", "session_id", "cohort", "hash"];

/** Each session once; of several the last. */
export async function writeTrainingScans(maps: string, scans: readonly KnownScan[]): Promise<void> {
  const unique = new Map(scans.map((scan) => [storedKey(scan), scan]));
  const rows = [...unique.values()].map(({ participantId, sessionId, cohort, hash }) => [
    participantId,
    sessionId,
    cohort,
    hash,
  ]);
  await writeAtomically(mapsPlace(maps).trainingScansTsv, formatRows([COLUMNS, ...rows]));
}

/** Null where the MAPS has no such table, or one that makes no sense. */
export async function readTrainingScans(maps: string): Promise<readonly KnownScan[] | null> {
  const text = await readText(mapsPlace(maps).trainingScansTsv).catch(() => null);
  if (text === null) return null;
  const { columns, rows } = parseRecords(text);
  if (COLUMNS.some((column) => !columns.includes(column))) return null;
  return rows.map((row) => ({
    participantId: row.participant_id ?? "",
    sessionId: row.session_id ?? "",
    cohort: row.cohort ?? "",
    hash: row.hash ?? "",
  }));
}
