/**
 * A trainer as a process of its own, which outlives the window. Nothing is said over a pipe: what it prints goes to a file,
 * what it does is read from the MAPS.
 */

import { spawn } from "node:child_process";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { reasonOf } from "../../messages/reasonOf";
import { endProcess } from "./endProcess";
import type { TrainerProgram } from "./trainerProgram";

export type TrainerEnd =
  /** `code` null when a signal ended it. */
  | { readonly kind: "exited"; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  /** The program could not be started at all: a wrong Node path, a folder that cannot be written. */
  | { readonly kind: "unstartable"; readonly reason: string };

/**
 * Starts `program` with its output appended to `logFile` and tells how it ended. `signal` ends it with everything that it
 * started. Never rejects.
 */
export async function runTrainer(
  program: TrainerProgram,
  logFile: string,
  signal?: AbortSignal,
): Promise<TrainerEnd> {
  try {
    await mkdir(dirname(logFile), { recursive: true });
    const log = await open(logFile, "a");
    try {
      return await ended(program, log, signal);
    } finally {
      await log.close();
    }
  } catch (error) {
    return { kind: "unstartable", reason: reasonOf(error) };
  }
}

function ended(program: TrainerProgram, log: FileHandle, signal?: AbortSignal): Promise<TrainerEnd> {
  const child = spawn(program.command, program.words, {
    cwd: program.folder,
    detached: true,
    env: program.environment,
    stdio: ["ignore", log.fd, log.fd],
    windowsHide: true,
  });
  // The window may close while the trainer works.
  child.unref();
  const end = () => {
    // A detached process leads a group of its own, which holds its workers.
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      endProcess(child.pid, true);
  };
  signal?.addEventListener("abort", end);
  if (signal?.aborted) end();
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, endedBy) => resolve({ kind: "exited", code, signal: endedBy }));
  });
}
