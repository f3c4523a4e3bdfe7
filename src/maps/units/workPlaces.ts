/**
 * The trainings that go on on this machine, told by a small file each in a folder of the user, so that windows and terminals
 * know of each other's. A place belongs to a process: when that is gone, however it ended, the place is free.
 */
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir, uptime } from "node:os";
import { join, resolve } from "node:path";
import { processRuns } from "../../files/processRuns";
import type { Need } from "../../run/trainingQueue";

/** What a file of a place holds. */
interface KeptPlace extends WorkPlace {
  readonly pid: number;
  readonly host: string;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/** A training that goes on, and what it takes of the machine. */
export interface WorkPlace extends Need {
  readonly maps: string;
}

/** Who this user is, as a number where the system has one. */
const user = process.getuid?.() ?? null;

/**
 * Where the places of this user's trainings stand: among the temporary files, for they tell nothing once the machine was started anew,
 * or where GYRUS_TRAININGS names.
 */
export const workPlacesFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment.GYRUS_TRAININGS ?? join(tmpdir(), `gyrus-trainings-${user ?? "user"}`);

/** Anybody could have put a folder, or a link, among the temporary files: only one of this user's own is read and written. */
function isOwn(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && (user === null || stats.uid === user);
}

/** A place is small: what is larger was not written here. Bytes. */
const MOST = 10_000;

/** The places of this machine whose processes run. A file that tells nothing, or of a process that is gone, is no place. */
export function workPlaces(folder = workPlacesFolder()): WorkPlace[] {
  return namesIn(folder).flatMap((name) => {
    const file = join(folder, name);
    const place = readPlace(file);
    if (place === null || place.host !== hostname()) return [];
    // A process of this number from before the machine was started is another one.
    const booted = Date.now() - uptime() * 1000;
    if (place.since < booted || !processRuns(place.pid)) {
      rmSync(file, { force: true });
      return [];
    }
    const { maps, threads, card } = place;
    return [{ maps, threads, card }];
  });
}

/** Says that this process trains `maps`, instead of whoever said so before. A folder that cannot be written to is done without. */
export function takeWorkPlace({ maps, threads, card }: WorkPlace, folder = workPlacesFolder()): void {
  const place = { pid: process.pid, host: hostname(), since: Date.now(), maps: resolve(maps), threads, card };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOwn(folder)) writeFileSync(fileOf(folder, maps), JSON.stringify(place));
  } catch {
    // Others do not know of this training then, which goes on all the same.
  }
}

/** Gives a place back that is this process's. */
export function leaveWorkPlace(maps: string, folder = workPlacesFolder()): void {
  if (!isOwn(folder)) return;
  const file = fileOf(folder, maps);
  if (readPlace(file)?.pid === process.pid) rmSync(file, { force: true });
  try {
    rmdirSync(folder);
  } catch {
    // Others stand there.
  }
}

const fileOf = (folder: string, maps: string) =>
  join(folder, `${hostname()}-${createHash("sha256").update(resolve(maps)).digest("hex").slice(0, 24)}.json`);

function namesIn(folder: string): string[] {
  try {
    if (!isOwn(folder)) return [];
    return readdirSync(folder).filter((name) => name.startsWith(`${hostname()}-`) && name.endsWith(".json"));
  } catch {
    return [];
  }
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
  const { pid, host, since, maps, threads, card }: Fields = kept;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0) return null;
  if (typeof host !== "string" || typeof maps !== "string" || typeof since !== "number") return null;
  if (typeof threads !== "number" || !(threads >= 0)) return null;
  return card === null || typeof card === "string" ? { pid, host, since, maps, threads, card } : null;
}
