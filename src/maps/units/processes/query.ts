/** Asks a program of the system. */
import { execFile } from "node:child_process";

/** What a program printed and how it ended; null where it could not be run, or gave no answer in time. */
export type Query = (
  program: string,
  words: readonly string[],
) => Promise<{ readonly code: number; readonly output: string } | null>;

/** Windows' PowerShell takes seconds to start on a busy machine. Milliseconds. */
const PATIENCE = 15_000;

/** Runs `program`, a whole path, without a shell, in the plain locale and universal time, so that its answer reads the same everywhere. */
export const query: Query = (program, words) =>
  new Promise((resolve) => {
    const environment = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    execFile(
      program,
      [...words],
      { encoding: "utf8", env: environment, timeout: PATIENCE, windowsHide: true },
      (error, output) => {
        if (error === null) resolve({ code: 0, output });
        else resolve(typeof error.code === "number" ? { code: error.code, output } : null);
      },
    );
  });
