/**
 * Where the output of a trainer goes: `trainer.log` of its MAPS. A training that has not made its MAPS yet writes beside it;
 * the file moves in as soon as there is a place for it.
 */
import { existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { mapsJson, trainerLog } from "../../maps/layout";
import type { TrainerTask } from "./trainerProgram";

/** The log that the trainer of `task` starts to write. */
export function initialLog(task: TrainerTask): string {
  return task.kind === "resume" ? trainerLog(task.maps) : logBeside(task.maps);
}

const logBeside = (maps: string) => `${maps}.log`;

/** The log of a MAPS, or of a training on its way to one; undefined where the editor started none. */
export function existingLog(maps: string): string | undefined {
  return [trainerLog(maps), logBeside(maps)].find(existsSync);
}

/** Moves the log into the MAPS, once the MAPS exists. True when it is there now. */
export async function adoptLog(maps: string): Promise<boolean> {
  if (!existsSync(mapsJson(maps))) return false;
  if (existsSync(logBeside(maps))) await rename(logBeside(maps), trainerLog(maps));
  return true;
}

/** A training that made no MAPS leaves nothing behind: what it printed is kept in the output channel. */
export async function discardLogBeside(maps: string): Promise<void> {
  await rm(logBeside(maps), { force: true });
}

/** The last `bytes` of a log as text, whole lines only. */
export async function endOfLog(file: string, bytes = 8192): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - bytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start);
    const text = buffer.subarray(0, bytesRead).toString("utf8");
    return start === 0 ? text : text.slice(text.indexOf("\n") + 1);
  } finally {
    await handle.close();
  }
}
