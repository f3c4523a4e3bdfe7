/** Processes as macOS tells them, by ps(1), sysctl(8) and lsof(8). */
import { processRuns } from "../../../files/processRuns";
import type { ProcessFacts, ProcessTable } from "./processTable";
import { type Query, query } from "./query";

const PS = "/bin/ps";
const SYSCTL = "/usr/sbin/sysctl";
const LSOF = "/usr/sbin/lsof";

/** @param there whether there is a process of a number: only then a program is asked */
export function macProcesses(ask: Query = query, there = processRuns): ProcessTable {
  const boot = async () => {
    const answer = await ask(SYSCTL, ["-n", "kern.bootsessionuuid"]);
    const id = answer?.output.trim() ?? "";
    return answer?.code === 0 && id !== "" ? id : null;
  };
  return {
    boot,
    async look(pid) {
      if (!there(pid)) return "gone";
      const [id, answer] = await Promise.all([
        boot(),
        ask(PS, ["-o", "uid=,pgid=,state=,lstart=", "-p", String(pid)]),
      ]);
      if (id === null || answer === null) return "unknown";
      return parsePs(pid, id, answer.output);
    },
    async command(pid) {
      const [answer, open] = await Promise.all([
        ask(PS, ["-ww", "-o", "command=", "-p", String(pid)]),
        ask(LSOF, ["-a", "-p", String(pid), "-d", "cwd", "-F", "n"]),
      ]);
      const words = answer?.output.trim() ?? "";
      return words === "" ? null : { words, folder: parseLsof(open?.output ?? "") };
    },
  };
}

/** The line of `ps -o uid=,pgid=,state=,lstart=` in the C locale; nothing is printed of a process that is gone, Z of one that has ended. */
export function parsePs(pid: number, boot: string, output: string): ProcessFacts | "gone" | "unknown" {
  const line = output.trim();
  if (line === "") return "gone";
  const found = /^(\d+)\s+(\d+)\s+(\S+)\s+(\w{3}\s+\w{3}\s+\d{1,2}\s+\d{1,2}:\d{2}:\d{2}\s+\d{4})$/.exec(
    line,
  );
  if (found === null) return "unknown";
  const [, owner, group, state, began] = found;
  if (state?.startsWith("Z")) return "gone";
  const time = Date.parse(`${began} UTC`);
  if (Number.isNaN(time)) return "unknown";
  return {
    start: `${boot}/${new Date(time).toISOString()}`,
    owner: Number(owner),
    leadsGroup: Number(group) === pid,
  };
}

/** The name of the one file in the answer of `lsof -F n`; null without one. */
export const parseLsof = (output: string): string | null => /^n(\/.*)$/m.exec(output)?.[1] ?? null;
