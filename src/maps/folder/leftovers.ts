import { readdir } from "node:fs/promises";
import { clearLeftover } from "../../files/leftovers";
import { removeMark } from "./beginning";
import { mapsPlace } from "./place";

/** Removes in a MAPS what a killed process was writing, and completes what it was about to put in its place. */
export async function removeLeftovers(folder: string): Promise<void> {
  // It has its maps.json.
  await removeMark(mapsPlace(folder));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await clearLeftover(entry.parentPath, entry.name);
  }
}
