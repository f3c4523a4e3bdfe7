/**
 * How the images that a MAPS has learned from are stored (Gyrus): one row for each session of `train+validation.tsv`, in a table
 * beside it, so that images to come can be compared with them when they are not at hand. A former MAPS, or one of ClinicaDL, has none.
 */
import { writeAtomically } from "../../files/atomicFile";
import { formatRows, parseRecords, readText } from "../../files/tsv";
import type { Geometry } from "../../space/geometry";
import type { Session } from "./groups";
import { mapsPlace } from "./place";

export interface StoredSession extends Session {
  readonly cohort: string;
  readonly geometry: Geometry;
}

const COLUMNS = [
  "participant_id",
  "session_id",
  "cohort",
  "orientation",
  "handedness",
  "voxel_size_x",
  "voxel_size_y",
  "voxel_size_z",
];

/** What tells a session from others, among cohorts that may share names. */
export const storedKey = ({ cohort, participantId, sessionId }: Omit<StoredSession, "geometry">): string =>
  `${cohort}\t${participantId}\t${sessionId}`;

/** Each session once; of several the last. */
export async function writeTrainingSpace(maps: string, sessions: readonly StoredSession[]): Promise<void> {
  const unique = new Map(sessions.map((session) => [storedKey(session), session]));
  const rows = [...unique.values()].map(({ participantId, sessionId, cohort, geometry }) => [
    participantId,
    sessionId,
    cohort,
    geometry.orientation ?? "",
    geometry.handedness ?? "",
    ...geometry.voxelSize.map(String),
  ]);
  await writeAtomically(mapsPlace(maps).trainingSpaceTsv, formatRows([COLUMNS, ...rows]));
}

/** Null where the MAPS has no such table, or one that makes no sense. */
export async function readTrainingSpace(maps: string): Promise<StoredSession[] | null> {
  const text = await readText(mapsPlace(maps).trainingSpaceTsv).catch(() => null);
  if (text === null) return null;
  const { columns, rows } = parseRecords(text);
  if (COLUMNS.some((column) => !columns.includes(column))) return null;
  return rows.map((row) => ({
    participantId: row.participant_id ?? "",
    sessionId: row.session_id ?? "",
    cohort: row.cohort ?? "",
    geometry: {
      orientation: row.orientation || null,
      handedness: row.handedness === "right" || row.handedness === "left" ? row.handedness : null,
      voxelSize: [Number(row.voxel_size_x), Number(row.voxel_size_y), Number(row.voxel_size_z)],
    },
  }));
}
