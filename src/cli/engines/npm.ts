/** npm, as a program that is watched. */
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface NpmRun {
  readonly folder: string;
  /** Variables besides those of this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** Hears every line that npm says. */
  readonly onLine: (line: string) => void;
}

/** Runs npm with `words`. Returns its exit code, null where it cannot be started. */
export type Npm = (words: readonly string[], run: NpmRun) => Promise<number | null>;

export const npm: Npm = (words, { folder, environment, onLine }) => {
  const child = spawn("npm", words, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
    // On Windows npm is a script, which only a shell can start; none of the words has a blank or a sign of the shell's.
    shell: process.platform === "win32",
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLine);
  return new Promise((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", (code) => resolve(code));
  });
};
