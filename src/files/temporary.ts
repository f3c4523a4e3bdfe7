/**
 * What is being written stands under a name of its own, beside or in its place: hidden, with the process that writes it, so that
 * others know what a killed one has left.
 */
import { createHash, randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { processRuns } from "./processRuns";

/** Of a file or folder that is not complete, and of a folder that is and whose content takes its places. */
export type Stage = "part" | "whole";

/** How former versions named a file that was not complete: `.<name>.<process>-<random>.tmp`. */
const FORMER = /^\..+\.(\d+)-[0-9a-f]{8}\.tmp$/;
const NAME = /^\..+\.((\d+)-([0-9a-f]{8})-[0-9a-f]{8})\.gyrus-(part|whole)$/;

/** Letters of the name that is kept: a longer one than the file system takes would come of a long one. */
const MOST_OF_NAME = 40;

/** Processes of two machines can have one number, where they share a disk. */
const machine = () => createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/** What this process writes now, by its owner: file systems spell other parts of a name in their own way. */
const held = new Map<string, string>();

/** A new name for what becomes `path`, which is this process's until it lets it go. */
export function holdTemporary(path: string, stage: Stage = "part"): string {
  if (held.size === 0) process.once("exit", removeParts);
  const owner = `${process.pid}-${machine()}-${randomBytes(4).toString("hex")}`;
  const name = [...basename(path)].slice(0, MOST_OF_NAME).join("");
  const temporary = join(dirname(path), `.${name}.${owner}.gyrus-${stage}`);
  held.set(owner, temporary);
  return temporary;
}

export function letGoOfTemporary(temporary: string): void {
  const owner = temporaryOf(basename(temporary))?.owner;
  if (owner != null) held.delete(owner);
  if (held.size === 0) process.off("exit", removeParts);
}

/**
 * Who exits in the middle takes along what is not complete. A thread of Node may still be making what was asked of it, so it is looked
 * for a few times; what stays all the same is for the next command that writes there.
 */
function removeParts(): void {
  const parts = [...held.values()].filter((path) => temporaryOf(basename(path))?.stage === "part");
  for (let look = 0; look < LAST_LOOKS && parts.length > 0; look++) {
    for (const path of parts) {
      try {
        rmSync(path, { recursive: true, force: true });
      } catch {
        // A file has come into it since: the next look takes it.
      }
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_PAUSE);
  }
}

const LAST_LOOKS = 6;
/** Milliseconds. */
const LAST_PAUSE = 5;

export interface Temporary {
  readonly stage: Stage;
  readonly pid: number;
  /** Null in the names of former versions. */
  readonly machine: string | null;
  /** Null in the names of former versions. */
  readonly owner: string | null;
}

/** What a name of `holdTemporary`, or of a former version, says; null for any other name. */
export function temporaryOf(name: string): Temporary | null {
  const [, owner, pid, where, stage] = NAME.exec(name) ?? [];
  if (owner !== undefined && where !== undefined && (stage === "part" || stage === "whole")) {
    return { stage, pid: Number(pid), machine: where, owner };
  }
  const [, former] = FORMER.exec(name) ?? [];
  return former === undefined ? null : { stage: "part", pid: Number(former), machine: null, owner: null };
}

/** Nobody can tell whether a process of another machine runs: what it has not touched for so long it has left. Milliseconds. */
const PATIENCE_WITH_OTHERS = 7 * 24 * 3_600_000;

/** Whether who wrote at `path` writes no more. */
export async function isAbandoned(path: string, { pid, machine: where, owner }: Temporary): Promise<boolean> {
  if (where !== null && where !== machine()) {
    const touched = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    );
    return Date.now() - touched > PATIENCE_WITH_OTHERS;
  }
  return pid === process.pid ? owner === null || !held.has(owner) : !processRuns(pid);
}
