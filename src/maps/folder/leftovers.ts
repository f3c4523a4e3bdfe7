import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writerOf } from "../../files/atomicFile";
import { isRunning, thisProcess } from "../units/processIdentity";

/** Removes below `folder` what a killed process was writing. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const pid = writerOf(entry.name);
    if (pid === null || !entry.isFile()) continue;
    if (pid !== process.pid && isRunning({ ...thisProcess(), pid, processStart: null })) continue;
    await rm(join(entry.parentPath, entry.name), { force: true });
  }
}
