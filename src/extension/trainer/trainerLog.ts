/** What a trainer prints goes to `trainer.log` in the folder of its MAPS, which exists for that before the MAPS does. */
import { existsSync, statSync } from "node:fs";
import { rm, rmdir } from "node:fs/promises";
import { endOfFile } from "../../files/endOfFile";
import { mapsPlace } from "../../maps/folder/place";

export const hasMaps = (maps: string) => existsSync(mapsPlace(maps).mapsJson);

/** A training that made no MAPS leaves nothing behind: what it printed is kept in the output channel. */
export async function removeLogFolder(maps: string): Promise<void> {
  await rm(mapsPlace(maps).trainerLog, { force: true });
  // Whatever else stands there is not ours.
  await rmdir(maps).catch(() => {});
}

/** Bytes of a log; 0 without one. */
export const logSize = (maps: string): number =>
  statSync(mapsPlace(maps).trainerLog, { throwIfNoEntry: false })?.size ?? 0;

/**
 * What a log holds from the byte `from` on, where the trainer began that is asked for: what was printed before is of another one.
 * Of much the last `bytes`, whole lines only; "" without a log.
 */
export async function endOfLog(maps: string, from = 0, bytes = 2 ** 20): Promise<string> {
  const file = mapsPlace(maps).trainerLog;
  return existsSync(file) ? endOfFile(file, from, bytes) : "";
}

/** The line of Node that says why a program died, which the places in the program follow; of V8 where there was no memory. */
const DEATH = /^(?:\[?[\w.]*(?:Error|Exception)\]?(?: \[\w+\])?|FATAL ERROR): \S/;

/** Why a program died, else what it said last, on one line: its error stands at the end of what it printed. */
export function lastLines(output: string, lines = 3): string {
  const said = output.split(/\r?\n/).map((line) => line.trim());
  const death = said.findLast((line) => DEATH.test(line));
  if (death !== undefined) return death;
  return said
    .filter((line) => line !== "")
    .slice(-lines)
    .join(" ");
}
