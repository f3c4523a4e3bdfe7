/** Processes as Linux tells them, in /proc (proc(5)). */
import { readFile, readlink, stat } from "node:fs/promises";
import { processRuns } from "../../../files/processRuns";
import type { ProcessFacts, ProcessTable } from "./processTable";

/** What is read of /proc. */
export interface ProcFiles {
  /** The text of a file below /proc. Rejects where there is none. */
  text(path: string): Promise<string>;
  /** Where a link below /proc leads. */
  link(path: string): Promise<string>;
  /** User id of a folder below /proc. */
  owner(path: string): Promise<number>;
}

const ownProc: ProcFiles = {
  text: (path) => readFile(`/proc/${path}`, "utf8"),
  link: (path) => readlink(`/proc/${path}`),
  owner: async (path) => (await stat(`/proc/${path}`)).uid,
};

/** @param there whether there is a process of a number, which /proc may hide when it is another user's (`hidepid`, as on clusters) */
export function linuxProcesses(proc: ProcFiles = ownProc, there = processRuns): ProcessTable {
  const boot = () =>
    proc
      .text("sys/kernel/random/boot_id")
      .then((text) => text.trim())
      .catch(() => null);
  return {
    boot,
    async look(pid) {
      const id = await boot();
      if (id === null) return "unknown";
      try {
        const fields = parseStat(await proc.text(`${pid}/stat`));
        return fields === null ? "gone" : factsOf(pid, id, fields, await proc.owner(String(pid)));
      } catch {
        return there(pid) ? "unknown" : "gone";
      }
    },
    async command(pid) {
      try {
        const words = (await proc.text(`${pid}/cmdline`)).split("\0").slice(0, -1);
        return { words, folder: await proc.link(`${pid}/cwd`).catch(() => null) };
      } catch {
        return null;
      }
    },
  };
}

interface StatFields {
  /** Clock ticks since boot (field 22). */
  readonly startTime: string;
  /** Process group (field 5). */
  readonly group: number;
}

/** Of /proc/<pid>/stat what is needed; null for a process that has ended and waits for its parent (Z), or is ending (X). */
export function parseStat(text: string): StatFields | null {
  // The second field, the command in parentheses, may hold blanks and parentheses of its own.
  const [state, , group, ...others] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const startTime = others[16];
  if (startTime === undefined || state === "Z" || state === "X") return null;
  return { startTime, group: Number(group) };
}

const factsOf = (
  pid: number,
  boot: string,
  { startTime, group }: StatFields,
  owner: number,
): ProcessFacts => ({
  start: `${boot}/${startTime}`,
  owner,
  leadsGroup: group === pid,
});
