/** The programs of SLURM. None is run by a shell, and what they print is data. */
import { execFile } from "node:child_process";
import { codeOf } from "../messages/codeOf";

/** A scheduler that is busy answers late; one that is gone never does. Milliseconds. */
const PATIENCE = 30_000;
const MOST_OUTPUT = 50_000_000;

export interface Answer {
  /** Null where there is no such program, or it did not answer. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs one of the programs: `sbatch`, `squeue`, ... @param input for its stdin */
export type RunSlurm = (program: SlurmProgram, words: readonly string[], input?: string) => Promise<Answer>;

export type SlurmProgram = "sbatch" | "squeue" | "sinfo" | "scancel" | "scontrol" | "sacctmgr";

export const runSlurm: RunSlurm = (program, words, input = "") =>
  new Promise((done) => {
    const child = execFile(
      program,
      [...words],
      // Formats and the words of states are those of the program, not of the user's settings.
      { timeout: PATIENCE, maxBuffer: MOST_OUTPUT, env: plainEnvironment(process.env) },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        done({
          code,
          output,
          errors: errors === "" && codeOf(error) !== "" ? String(codeOf(error) ?? "") : errors,
        });
      },
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });

/** Variables by which a user, or the job that this process runs in, changes what the programs do. */
const CHANGING = /^(?:SQUEUE|SINFO|SCANCEL|SBATCH|SLURM)_(?!CONF$)/;

function plainEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !CHANGING.test(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C" };
}
