/** A terminal command of Gyrus that the editor waits for: its version, its engines, the demo data, an installation. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { endProcess } from "./endProcess";
import type { TrainerProgram } from "./trainerProgram";

export interface ProgramResult {
  /** Null when it was killed, or could not be started. */
  readonly code: number | null;
  readonly output: string;
  /** What it said on stderr, or why it could not be started. */
  readonly messages: string;
}

export interface ProgramOptions {
  /** Ends the program and everything that it started. */
  readonly signal?: AbortSignal;
  /** Told each line of stderr as it comes. */
  readonly onMessage?: (line: string) => void;
}

/** Runs `program` to its end. Never rejects. */
export function runProgram(program: TrainerProgram, options: ProgramOptions = {}): Promise<ProgramResult> {
  const child = spawn(program.command, program.words, {
    cwd: program.folder,
    // On POSIX a group of its own, to be ended as one; on Windows that would be a console of its own.
    detached: process.platform !== "win32",
    env: program.environment,
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
  });
  const end = () => endTree(child);
  options.signal?.addEventListener("abort", end);
  const output: string[] = [];
  const messages: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
  createInterface({ input: child.stderr }).on("line", (line) => {
    messages.push(line);
    options.onMessage?.(line);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => messages.push(error.message));
    child.once("close", (code) => {
      options.signal?.removeEventListener("abort", end);
      resolve({
        code: child.pid === undefined ? null : code,
        output: output.join(""),
        messages: messages.join("\n"),
      });
    });
  });
}

function endTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    endProcess(pid, true, "SIGTERM");
  } catch {
    // It has ended meanwhile.
  }
}
