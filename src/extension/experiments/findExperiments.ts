/** Finds the MAPS and the experiment files below a folder. */
import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

export interface Found {
  /** Absolute paths. */
  readonly maps: readonly string[];
  readonly files: readonly string[];
}

/** Folders of images hold thousands of folders and no MAPS: subjects of a CAPS or a BIDS, and what tools keep. */
const passedOver = /^(\.|node_modules$|subjects$|sub-|tensor_extraction$)/;

/** Symbolic links are not followed: they may lead in circles. What cannot be read is passed over. */
export async function findExperiments(root: string): Promise<Found> {
  const maps: string[] = [];
  const files: string[] = [];
  const look = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
    // What stands in a MAPS belongs to it.
    if (entries.some((entry) => entry.name === "maps.json" && entry.isFile())) {
      maps.push(folder);
      return;
    }
    for (const entry of entries) {
      if (entry.isFile() && entry.name.endsWith(".experiment.json")) files.push(join(folder, entry.name));
    }
    const folders = entries.filter((entry) => entry.isDirectory() && !passedOver.test(entry.name));
    await Promise.all(folders.map((entry) => look(join(folder, entry.name))));
  };
  await look(root);
  return { maps: maps.sort(), files: files.sort() };
}
