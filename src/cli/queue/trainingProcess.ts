/** A training as a process of its own, whose words stand in its MAPS. */
import { spawn } from "node:child_process";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { mapsPlace } from "../../maps/folder/place";
import { EXIT } from "../../run/exitCodes";
import type { Became } from "./trainInTurn";

/**
 * Runs `gyrus ...words` with what it says appended to the trainer's log of `maps`. Never rejects.
 * @param signal asks it to stop with a checkpoint; on Windows, which has no such request of one process to another, its console does
 */
export async function trainingProcess(
  words: readonly string[],
  maps: string,
  signal: AbortSignal,
): Promise<Exclude<Became, "not-begun">> {
  const { trainerLog } = mapsPlace(maps);
  try {
    await mkdir(dirname(trainerLog), { recursive: true });
    const log = await open(trainerLog, "a");
    try {
      return await ended(words, log.fd, signal);
    } finally {
      await log.close();
    }
  } catch {
    return "failed";
  }
}

function ended(
  words: readonly string[],
  log: number,
  signal: AbortSignal,
): Promise<Exclude<Became, "not-begun">> {
  const [, cli = ""] = process.argv;
  const child = spawn(process.execPath, [cli, ...words], { stdio: ["ignore", log, log], windowsHide: true });
  const stop = () => {
    if (process.platform !== "win32") child.kill("SIGTERM");
  };
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      signal.removeEventListener("abort", stop);
      resolve(code === null ? "killed" : becameOf(code));
    });
  });
}

function becameOf(code: number): Exclude<Became, "not-begun"> {
  if (code === EXIT.done) return "finished";
  return code === EXIT.stopped ? "stopped" : "failed";
}
