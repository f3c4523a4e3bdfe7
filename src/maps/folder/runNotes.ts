/**
 * What a user keeps of runs (Gyrus): stars, notes, groups, and what is archived. One file in the folder that holds the MAPS, never inside
 * of one: ClinicaDL reads nothing of it, and a MAPS stays as its training wrote it.
 */
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { refuse } from "../../experiment/problems/makeProblem";
import { exists } from "../../files/exists";
import { readUtf8 } from "../../files/reader";
import { writeJson } from "./json";
import { NOTES_FILE } from "./notesFile";

const VERSION = 1;

export const runNote = z.object({
  star: z.boolean().optional(),
  note: z.string().optional(),
  group: z.string().optional(),
  archived: z.boolean().optional(),
});
export type RunNote = Readonly<z.infer<typeof runNote>>;

const notesFile = z.object({ version: z.literal(VERSION), runs: z.record(z.string(), runNote) });

/** The file of the notes of the MAPS in `folder`. */
export const notesIn = (folder: string): string => join(folder, NOTES_FILE);

/** By the name of the MAPS; none where there is no file. Throws an InputError where it is damaged or of another version. */
export async function readRunNotes(folder: string): Promise<ReadonlyMap<string, RunNote>> {
  const file = notesIn(folder);
  if (!(await exists(file))) return new Map();
  try {
    return new Map(Object.entries(notesFile.parse(JSON.parse(await readUtf8(file, "json"))).runs));
  } catch {
    throw refuse("runs.notes", { file });
  }
}

/** Adds `change` to what is kept of a MAPS; what says nothing is not kept. */
export async function changeRunNote(maps: string, change: RunNote): Promise<void> {
  await rewrite(dirname(maps), (notes) => {
    const name = basename(maps);
    const note = saying({ ...notes.get(name), ...change });
    if (note === null) notes.delete(name);
    else notes.set(name, note);
  });
}

/** Gives what is kept of a MAPS to another name in the same folder. */
export async function renameRunNote(maps: string, name: string): Promise<void> {
  await rewrite(dirname(maps), (notes) => {
    const note = notes.get(basename(maps));
    if (note === undefined) return;
    notes.delete(basename(maps));
    notes.set(name, note);
  });
}

/** @returns what was kept of a MAPS, which is kept no longer */
export async function takeRunNote(maps: string): Promise<RunNote | null> {
  let taken: RunNote | null = null;
  await rewrite(dirname(maps), (notes) => {
    taken = notes.get(basename(maps)) ?? null;
    notes.delete(basename(maps));
  });
  return taken;
}

async function rewrite(folder: string, change: (notes: Map<string, RunNote>) => void): Promise<void> {
  const before = await readRunNotes(folder);
  const notes = new Map(before);
  change(notes);
  const content = (some: ReadonlyMap<string, RunNote>) => JSON.stringify([...some]);
  if (content(notes) === content(before)) return;
  await writeJson(notesIn(folder), { version: VERSION, runs: Object.fromEntries(notes) });
}

function saying({ star, note, group, archived }: RunNote): RunNote | null {
  const said = {
    ...(star === true && { star }),
    ...(note !== undefined && note !== "" && { note }),
    ...(group !== undefined && group !== "" && { group }),
    ...(archived === true && { archived }),
  };
  return Object.keys(said).length === 0 ? null : said;
}
