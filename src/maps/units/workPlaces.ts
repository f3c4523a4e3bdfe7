/**
 * The trainings that go on on this machine, told by a small file each in a folder of the user, so that windows and terminals
 * know of each other's. A place belongs to a process: when that is gone, however it ended, the place is free.
 */
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, rmSync } from "node:fs";
import { hostname, uptime } from "node:os";
import { join, resolve } from "node:path";
import { processRuns } from "../../files/processRuns";
import type { Need } from "../../run/trainingQueue";
import { filesOfThisMachine, isOwn, removeEmpty, workPlacesFolder, writeOwn } from "./ownPlaces";
import { isRunning, thisProcess } from "./processIdentity";

/** What a file of a place holds. */
interface KeptPlace extends WorkPlace {
  readonly pid: number;
  readonly host: string;
  /** As in a record of a run (processIdentity.ts); null until it is known, which takes a moment, and where it never is. */
  readonly processStart: string | null;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** Taken for a trainer that was just started and has not taken its own. */
  readonly claimed: boolean;
}

/** A training that goes on, and what it takes of the machine. */
export interface WorkPlace extends Need {
  readonly maps: string;
}

/** A place is small: what is larger was not written here. Bytes. */
const MOST = 10_000;

/**
 * The places of this machine whose processes run; several of one MAPS where several train it together. A file that tells nothing, or of
 * a process that is gone, is no place.
 */
export function workPlaces(folder = workPlacesFolder()): WorkPlace[] {
  const kept = filesOfThisMachine(folder, ENDING).flatMap((name) => {
    const file = join(folder, name);
    const place = readPlace(file);
    if (place === null || place.host !== hostname()) return [];
    // A process of this number from before the machine was started is another one.
    const booted = Date.now() - uptime() * 1000;
    if (place.since < booted || !processRuns(place.pid) || isAnother(place)) {
      rmSync(file, { force: true });
      return [];
    }
    return [place];
  });
  const trained = new Set(kept.filter(({ claimed }) => !claimed).map(({ maps }) => maps));
  // The trainer for which a place was claimed speaks for itself by now.
  return kept
    .filter(({ maps, claimed }) => !claimed || !trained.has(maps))
    .map(({ maps, threads, card }) => ({ maps, threads, card }));
}

/** Processes that were found to have the number of the one that took a place, and not to be it. */
const strangers = new Set<string>();

/**
 * Whether the number of the process belongs to another one by now. Some systems are asked by a program, for which nobody waits here: a
 * look tells what was found out since the one before it.
 */
function isAnother(place: KeptPlace): boolean {
  if (place.processStart === null) return false;
  const key = `${place.pid}\t${place.processStart}`;
  if (!strangers.has(key))
    void isRunning(place).then((runs) => {
      if (runs === false) strangers.add(key);
    });
  return strangers.has(key);
}

/** Says that this process trains `maps`, instead of what it said of it before. A folder that cannot be written to is done without. */
export const takeWorkPlace = (place: WorkPlace, folder = workPlacesFolder()): void =>
  write(place, false, folder);

/** Says that a trainer of `maps` was started by this process, which counts until that trainer says so itself. */
export const claimWorkPlace = (place: WorkPlace, folder = workPlacesFolder()): void =>
  write(place, true, folder);

/** When this process began, once the system has told; null before, and where it never does. */
let ownStart: string | null = null;

function write({ maps, threads, card }: WorkPlace, claimed: boolean, folder: string): void {
  const identity = { pid: process.pid, host: hostname(), processStart: ownStart, since: Date.now() };
  const place: KeptPlace = { ...identity, maps: resolve(maps), threads, card, claimed };
  const file = fileOf(folder, maps);
  const text = JSON.stringify(place);
  // Where it cannot be written others do not know of this training, which goes on all the same.
  if (writeOwn(file, text) && ownStart === null) void addStart(file, place, text);
}

/** Completes a place that was taken before this process knew when it began, unless it was given back or taken anew since. */
async function addStart(file: string, place: KeptPlace, text: string): Promise<void> {
  const { processStart } = await thisProcess();
  ownStart = processStart;
  if (processStart !== null && textOf(file) === text)
    writeOwn(file, JSON.stringify({ ...place, processStart }));
}

/** Gives back the place that this process has taken or claimed for `maps`. */
export function leaveWorkPlace(maps: string, folder = workPlacesFolder()): void {
  if (!isOwn(folder)) return;
  rmSync(fileOf(folder, maps), { force: true });
  removeEmpty(folder);
}

const ENDING = ".json";

/** Of this process: another that trains the same MAPS has a file of its own. */
function fileOf(folder: string, maps: string): string {
  const name = createHash("sha256").update(resolve(maps)).digest("hex").slice(0, 24);
  return join(folder, `${hostname()}-${name}-${process.pid}${ENDING}`);
}

function readPlace(file: string): KeptPlace | null {
  const text = textOf(file);
  try {
    return text === null ? null : placeOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Null where there is none, or one that was not written here. */
function textOf(file: string): string | null {
  try {
    const stats = lstatSync(file);
    return stats.isFile() && stats.size <= MOST ? readFileSync(file, "utf8") : null;
  } catch {
    return null;
  }
}

type Fields = { readonly [Key in keyof KeptPlace]?: unknown };

/** Without a schema, which would be loaded at the start of the editor. */
function placeOf(kept: unknown): KeptPlace | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { pid, host, processStart, since, maps, threads, card, claimed }: Fields = kept;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return null;
  if (typeof host !== "string" || typeof maps !== "string" || typeof since !== "number") return null;
  if (typeof threads !== "number" || !(threads >= 0)) return null;
  if (card !== null && typeof card !== "string") return null;
  const start = typeof processStart === "string" ? processStart : null;
  return { pid, host, processStart: start, since, maps, threads, card, claimed: claimed === true };
}
