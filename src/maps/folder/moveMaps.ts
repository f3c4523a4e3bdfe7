/**
 * Whole MAPS renamed, thrown away and brought back (Gyrus). What is deleted moves to a folder of the workspace, for the systems that Gyrus
 * is used on from afar have no trash of their own.
 */
import { mkdir, realpath, rename, rm, rmdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { z } from "zod";
import { nameFault } from "../../experiment/names";
import { refuse } from "../../experiment/problems/makeProblem";
import { exists } from "../../files/exists";
import { namesIn, readUtf8 } from "../../files/reader";
import { isLive } from "../../run/state";
import { writeJson } from "./json";
import { changeRunNote, type RunNote, renameRunNote, runNote, takeRunNote } from "./runNotes";
import { readMaps } from "./summary";

/** Hidden, so that no search for MAPS looks into it. */
const TRASH = ".gyrus-trash";
/** In each of its entries, beside the MAPS. */
const TOLD = "deleted.json";

const deletedRun = z.object({
  version: z.literal(1),
  /** Where it was, absolute. */
  from: z.string(),
  /** Milliseconds since 1970. */
  deleted: z.number(),
  note: runNote.nullable(),
});

/** A MAPS in the trash. */
export interface DeletedMaps {
  /** Folder of the trash that holds it and says where it was. */
  readonly entry: string;
  readonly from: string;
  readonly deleted: number;
}

/** @returns its new path. Throws an InputError where it trains, or the name is taken or none. */
export async function renameMaps(maps: string, name: string): Promise<string> {
  await refuseInTraining(maps);
  const folder = dirname(maps);
  const fault = nameFault(name, await namesIn(folder).catch(() => []));
  if (fault !== null) throw refuse("runs.name", { file: maps }, { name, fault });
  const renamed = join(folder, name);
  if (renamed === maps) return maps;
  if (await exists(renamed)) throw refuse("runs.taken", { file: folder }, { name });
  await rename(maps, renamed);
  await renameRunNote(maps, name);
  return renamed;
}

/** Moves a MAPS into the trash of the folder `workspace`. Throws an InputError where it trains, or holds that folder itself. */
export async function throwAway(maps: string, workspace: string, now = Date.now()): Promise<DeletedMaps> {
  await refuseInTraining(maps);
  if (!leadsOut(relative(maps, workspace)))
    throw refuse("runs.is-window", { file: maps }, { name: basename(maps) });
  const entry = await freeEntry(join(workspace, TRASH), now);
  const note = await takeRunNote(maps);
  const told = { version: 1, from: maps, deleted: now, note } satisfies z.infer<typeof deletedRun>;
  try {
    // It says where it was before it is there: a kill in between leaves the MAPS where it is.
    await writeJson(join(entry, TOLD), told);
    await rename(maps, join(entry, basename(maps)));
  } catch (error) {
    await clear(entry);
    await putBackNote(maps, note);
    throw error;
  }
  return { entry, from: maps, deleted: now };
}

/** What is in the trash of the folder `workspace`, deleted last first. What cannot be read is passed over. */
export async function deletedMaps(workspace: string): Promise<readonly DeletedMaps[]> {
  const trash = join(workspace, TRASH);
  const names = await namesIn(trash).catch(() => []);
  const found = await Promise.all(names.map((name) => readEntry(join(trash, name))));
  return found.flatMap((one) => (one === null ? [] : [one])).sort((a, b) => b.deleted - a.deleted);
}

/** Moves a MAPS back to where it was. @returns its path. Throws an InputError where something else is there now. */
export async function bringBack({ entry }: Pick<DeletedMaps, "entry">): Promise<string> {
  const told = await readEntry(entry);
  if (told === null) throw refuse("runs.gone", { file: entry }, { name: basename(entry) });
  const { from, note } = told;
  const moved = join(entry, basename(from));
  // Somebody else may have written the trash, or a link on the way out of the workspace.
  if ((await readMaps(moved)) === null || !(await staysWithin(from, dirname(dirname(entry)))))
    throw refuse("runs.gone", { file: entry }, { name: basename(from) });
  if (await exists(from)) throw refuse("runs.taken", { file: dirname(from) }, { name: basename(from) });
  await mkdir(dirname(from), { recursive: true });
  await rename(moved, from);
  await putBackNote(from, note);
  await clear(entry);
  return from;
}

/** Removes an entry that holds no MAPS; what is in it besides is left: a disk of the network may fail to tell that it moved one. */
async function clear(entry: string): Promise<void> {
  const others = (await namesIn(entry).catch(() => [])).filter((name) => name !== TOLD);
  if (others.length > 0) return;
  await rm(join(entry, TOLD), { force: true });
  await rmdir(entry).catch(() => {});
}

/** Whether a path that may not be there yet lies within a folder when all links are followed. */
async function staysWithin(path: string, folder: string): Promise<boolean> {
  const parent = dirname(path);
  const real = await realpath(parent).catch(() => null);
  if (real === null) return parent !== path && (await staysWithin(parent, folder));
  return !leadsOut(relative(await realpath(folder), real));
}

const leadsOut = (place: string) => place.split(sep)[0] === ".." || isAbsolute(place);

async function readEntry(entry: string): Promise<(DeletedMaps & { readonly note: RunNote | null }) | null> {
  try {
    const { from, deleted, note } = deletedRun.parse(JSON.parse(await readUtf8(join(entry, TOLD), "json")));
    const place = relative(dirname(dirname(entry)), from);
    // Somebody else may have written the file: nothing is moved out of the workspace.
    if (place === "" || leadsOut(place)) return null;
    return (await exists(join(entry, basename(from)))) ? { entry, from, deleted, note } : null;
  } catch {
    return null;
  }
}

/** A note that cannot be kept keeps no MAPS in the trash. */
const putBackNote = async (maps: string, note: RunNote | null) =>
  note === null ? undefined : await changeRunNote(maps, note).catch(() => undefined);

async function freeEntry(trash: string, now: number): Promise<string> {
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, "-");
  await mkdir(trash, { recursive: true });
  for (let n = 1; ; n++) {
    const entry = join(trash, n === 1 ? stamp : `${stamp}-${n}`);
    const made = await mkdir(entry).then(
      () => true,
      async (error: unknown) => {
        if (await exists(entry)) return false;
        throw error;
      },
    );
    if (made) return entry;
  }
}

async function refuseInTraining(maps: string): Promise<void> {
  const summary = await readMaps(maps);
  if (summary === null) throw refuse("runs.gone", { file: maps }, { name: basename(maps) });
  if (isLive(summary.status)) throw refuse("runs.in-training", { file: maps }, { name: basename(maps) });
}
