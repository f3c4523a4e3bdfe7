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

/** What a file of a place holds. */
interface KeptPlace extends WorkPlace {
  readonly pid: number;
  readonly host: string;
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
    if (place.since < booted || !processRuns(place.pid)) {
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

/** Says that this process trains `maps`, instead of what it said of it before. A folder that cannot be written to is done without. */
export const takeWorkPlace = (place: WorkPlace, folder = workPlacesFolder()): void =>
  write(place, false, folder);

/** Says that a trainer of `maps` was started by this process, which counts until that trainer says so itself. */
export const claimWorkPlace = (place: WorkPlace, folder = workPlacesFolder()): void =>
  write(place, true, folder);

function write({ maps, threads, card }: WorkPlace, claimed: boolean, folder: string): void {
  const identity = { pid: process.pid, host: hostname(), since: Date.now() };
  const place: KeptPlace = { ...identity, maps: resolve(maps), threads, card, claimed };
  // Where it cannot be written others do not know of this training, which goes on all the same.
  writeOwn(fileOf(folder, maps), JSON.stringify(place));
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
  try {
    const stats = lstatSync(file);
    if (!stats.isFile() || stats.size > MOST) return null;
    return placeOf(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

type Fields = { readonly [Key in keyof KeptPlace]?: unknown };

/** Without a schema, which would be loaded at the start of the editor. */
function placeOf(kept: unknown): KeptPlace | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { pid, host, since, maps, threads, card, claimed }: Fields = kept;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return null;
  if (typeof host !== "string" || typeof maps !== "string" || typeof since !== "number") return null;
  if (typeof threads !== "number" || !(threads >= 0)) return null;
  if (card !== null && typeof card !== "string") return null;
  return { pid, host, since, maps, threads, card, claimed: claimed === true };
}
