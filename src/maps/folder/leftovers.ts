import { readdir } from "node:fs/promises";
import { clearLeftover } from "../../files/leftovers";

/** Removes below `folder` what a killed process was writing, and completes what it was about to put in its place. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await clearLeftover(entry.parentPath, entry.name);
  }
}
