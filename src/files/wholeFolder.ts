/** Sets of files that are there whole or not at all, whenever the process dies. */
import { mkdir, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { exists } from "./exists";
import { clearLeftovers } from "./leftovers";
import { replace } from "./replace";
import { takePlaces, writeOutdated } from "./takePlaces";
import { holdTemporary, letGoOfTemporary } from "./temporary";

export interface WholeFolderOptions {
  /** Names in `folder` that the set makes untrue, where it is there already: they are removed when the set is complete. */
  readonly outdated?: readonly string[];
}

/**
 * Writes a set of files into `folder`. Where there is no such folder, it appears in one step; where there is one, the complete set
 * takes its places in it, and its other files stay.
 * @param write writes the set into the empty folder that it is given; null when it gives up, and nothing is kept
 * @returns what `write` did
 */
export async function writeFolder<Result>(
  folder: string,
  write: (temporary: string) => Promise<Result | null>,
  { outdated = [] }: WholeFolderOptions = {},
): Promise<Result | null> {
  // In the folder where it is there: it may be another disk than what is above it, or the only place that may be written.
  const place = (await isFolder(folder)) ? join(folder, basename(folder)) : folder;
  return await inTemporary(place, folder, write, (temporary) => keep(temporary, folder, outdated));
}

/**
 * Writes a set of files into a new folder `parent/name`, or `name_2`, `name_3`, ... where there are such: a folder of before is never
 * written into.
 * @returns the folder
 */
export async function writeNewFolder(
  parent: string,
  name: string,
  write: (temporary: string) => Promise<void>,
): Promise<string> {
  let folder = join(parent, name);
  const all = async (temporary: string) => {
    await write(temporary);
    return true;
  };
  await inTemporary(folder, folder, all, async (temporary) => {
    for (let number = 2; !(await appear(temporary, folder)); number++)
      folder = join(parent, `${name}_${number}`);
  });
  return folder;
}

/** @param place beside which the set is written; @param folder where it shall be, of which errors speak */
async function inTemporary<Result>(
  place: string,
  folder: string,
  write: (temporary: string) => Promise<Result | null>,
  keepIt: (temporary: string) => Promise<void>,
): Promise<Result | null> {
  const parent = dirname(place);
  const made = await mkdir(parent, { recursive: true });
  for (const one of new Set([parent, dirname(folder)])) await clearLeftovers(one);
  const temporary = holdTemporary(place);
  try {
    await mkdir(temporary);
    const result = await write(temporary);
    if (result === null) await discard(temporary, parent, made);
    else await keepIt(temporary);
    return result;
  } catch (error) {
    await discard(temporary, parent, made).catch(() => {});
    speakOf(error, temporary, folder);
    throw error;
  } finally {
    letGoOfTemporary(temporary);
  }
}

/** @param made the first of the folders above that were made for it: they go too, where nothing else has come into them */
async function discard(temporary: string, parent: string, made: string | undefined): Promise<void> {
  await rm(temporary, { recursive: true, force: true });
  if (made === undefined) return;
  for (let folder = parent; folder.length >= made.length; folder = dirname(folder)) {
    if (!(await rmdir(folder).then(...DONE))) return;
  }
}

const DONE = [() => true, () => false] as const;

async function keep(temporary: string, folder: string, outdated: readonly string[]): Promise<void> {
  if (await appear(temporary, folder)) return;
  await writeOutdated(temporary, outdated);
  await placing(putInPlace(temporary, folder));
}

/** Makes the set the new `folder`, in one step; false where there is such a folder. */
async function appear(temporary: string, folder: string): Promise<boolean> {
  if (await exists(folder)) return false;
  return await placing(replace(temporary, folder)).then(
    () => true,
    async (error: unknown) => {
      // Another process may have made it since.
      if (await exists(folder)) return false;
      throw error;
    },
  );
}

const beingPlaced = new Set<Promise<void>>();

/** What a process that ends by a signal waits for: else it would take away what is being renamed, and half of it would get its name. */
async function placing(move: Promise<void>): Promise<void> {
  beingPlaced.add(move);
  await move.finally(() => beingPlaced.delete(move));
}

/** Resolves when no complete set is on its way to its places: a process that ends of itself ends then. */
export async function allInPlace(): Promise<void> {
  await Promise.allSettled(beingPlaced);
}

async function putInPlace(temporary: string, folder: string): Promise<void> {
  const whole = holdTemporary(join(folder, basename(folder)), "whole");
  try {
    await replace(temporary, whole);
    await takePlaces(whole, folder);
  } finally {
    letGoOfTemporary(whole);
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** The user knows nothing of the folder in which it was written. */
function speakOf(error: unknown, temporary: string, folder: string): void {
  if (!(error instanceof Error && "path" in error && typeof error.path === "string")) return;
  if (error.path.startsWith(temporary)) error.path = join(folder, error.path.slice(temporary.length));
}
