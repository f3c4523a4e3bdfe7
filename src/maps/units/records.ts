/**
 * run.json: who trains a unit (one network of one split), and how that ended. The state of a MAPS (run/state.ts) is folded from the
 * records of its units.
 */
import { existsSync } from "node:fs";
import { z } from "zod";
import { keptProblems } from "../../experiment/problems/keptProblem";
import type { Problem } from "../../experiment/problems/problem";
import { entriesOf, readUtf8 } from "../../files/reader";
import { endReason } from "../../run/eventSchema";
import type { EndReason } from "../../run/events";
import { mapsPlace, type SplitPlace } from "../folder/place";
import { networksOf, splitNames } from "../folder/splits";
import { isRunning } from "./processIdentity";

const runSchema = z.object({
  pid: z.int(),
  host: z.string(),
  processStart: z.string().nullable(),
  /** Milliseconds since 1970, as all times here. */
  started: z.number(),
  /** Renewed every few seconds while the trainer lives. */
  heartbeat: z.number(),
  command: z.array(z.string()).readonly(),
  gyrusVersion: z.string(),
  engine: z.string().nullable(),
  /** How the run ended; null while it goes on, and for ever after a kill. */
  end: z
    .object({
      reason: endReason,
      time: z.number(),
      message: z.string(),
      problems: keptProblems,
    })
    .nullable(),
});

export type RunRecord = Readonly<z.infer<typeof runSchema>>;

/** How a unit ended: `problems` of what failed, none for any other reason. */
export interface UnitEnd {
  readonly reason: EndReason;
  readonly problems: readonly Problem[];
}

export const HEARTBEAT_INTERVAL = 5_000;
/** A run on another machine counts as alive for so long after its last heartbeat: clocks differ, network folders lag. */
export const HEARTBEAT_LIFE = 90_000;

/** The record in a run.json. Null when there is none, or none that can be read. */
export async function readRun(file: string): Promise<RunRecord | null> {
  try {
    return runSchema.parse(JSON.parse(await readUtf8(file, "json")));
  } catch {
    return null;
  }
}

/**
 * Whether the trainer of this record is at work: its very process runs, or, where nobody can say that, its last sign is not old. A sign
 * from the future, of a clock ahead or one that was set back, is as old as it is ahead.
 */
export async function isAlive(run: RunRecord, now = Date.now()): Promise<boolean> {
  if (run.end !== null) return false;
  return (await isRunning(run)) ?? isRecent(run, now);
}

const isRecent = ({ heartbeat }: RunRecord, now: number): boolean =>
  Math.abs(now - heartbeat) < HEARTBEAT_LIFE;

/** The record of a unit. */
export interface UnitRecord {
  readonly record: RunRecord;
  /** Whether its trainer is at work. */
  readonly alive: boolean;
  /** Whether that unit alone is asked to stop. */
  readonly stopAsked: boolean;
}

export interface SplitRecords {
  readonly records: readonly UnitRecord[];
  /** Networks that a process trains now; null is the one that sees all, or the split of a multi-network as a whole. */
  readonly inTraining: readonly (number | null)[];
  /** Files of records that cannot be read. */
  readonly damaged: readonly string[];
}

async function readLife(file: string, now: number) {
  const record = await readRun(file);
  if (record === null || record.end !== null) return { record, alive: false };
  // Where the system tells whether it runs, no heartbeat says otherwise: that of a process which was killed may be a moment old.
  const alive = (await isRunning(record)) ?? (beats(file, record) || isRecent(record, now));
  return { record, alive };
}

/** Heartbeats as this process saw them last, and since when by its own clock; null of one that never changed under its eyes. */
const sightings = new Map<string, { readonly heartbeat: number; readonly changed: number | null }>();

/** Whether a heartbeat has changed of late under the eyes of this process: then its trainer lives, however wrong its clock is. */
function beats(file: string, { heartbeat }: RunRecord): boolean {
  const seen = sightings.get(file);
  if (seen === undefined || seen.heartbeat !== heartbeat)
    sightings.set(file, { heartbeat, changed: seen === undefined ? null : performance.now() });
  const changed = sightings.get(file)?.changed ?? null;
  return changed !== null && performance.now() - changed < HEARTBEAT_LIFE;
}

/** Records of a split: of the split as a whole, and of the networks of a multi-network. */
export async function readSplitRecords(split: SplitPlace, now = Date.now()): Promise<SplitRecords> {
  const networks = (await networksOf(split)).filter((network) => network !== null);
  const units = [null, ...networks].map((network) => split.network(network));
  const found = await Promise.all(
    units.map(async ({ network, runJson, stopJson }) => ({
      network,
      runJson,
      stopJson,
      ...(await readLife(runJson, now)),
    })),
  );
  return {
    records: found.flatMap(({ record, alive, stopJson }) =>
      record === null ? [] : [{ record, alive, stopAsked: record.end === null && existsSync(stopJson) }],
    ),
    inTraining: found.flatMap(({ network, alive }) => (alive ? [network] : [])),
    damaged: found.flatMap(({ record, runJson }) =>
      record === null && existsSync(runJson) ? [runJson] : [],
    ),
  };
}

/** Records that speak for a MAPS: those of its units, and that of the first version unless a unit was trained after it. */
export async function speaking(
  former: RunRecord | null,
  units: readonly UnitRecord[],
  now = Date.now(),
): Promise<UnitRecord[]> {
  if (former === null || units.some(({ record }) => record.started > former.started)) return [...units];
  return [{ record: former, alive: await isAlive(former, now), stopAsked: false }, ...units];
}

/** All that speak for the MAPS in `folder`. */
export async function readRecords(folder: string): Promise<UnitRecord[]> {
  const place = mapsPlace(folder);
  const { splits } = splitNames(await entriesOf(folder));
  const units = await Promise.all(splits.map((split) => readSplitRecords(place.split(split))));
  return await speaking(
    await readRun(place.runJson),
    units.flatMap(({ records }) => records),
  );
}
