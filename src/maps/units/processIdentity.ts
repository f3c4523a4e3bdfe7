/** Who a process is, beyond its number, which the system gives to another one some day. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Boot and moment in it when the process started, where the system tells (Linux); null elsewhere. */
  readonly processStart: string | null;
}

export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), processStart: startOf(process.pid) };
}

/**
 * Whether that very process runs. On another machine nobody can say: null. Where the start of a process cannot be told, a process
 * of the same number counts.
 */
export function isRunning({ pid, host, processStart }: ProcessIdentity): boolean | null {
  if (host !== hostname()) return null;
  if (processStart !== null) return startOf(pid) === processStart;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Boot identifier and field 22 of /proc/<pid>/stat (proc(5): start in clock ticks since boot). Zombies have ended. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, the command in parentheses, may hold blanks and parentheses of its own.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, startTime] = [fields[0], fields[19]];
    return startTime === undefined || state === "Z" ? null : `${boot}/${startTime}`;
  } catch {
    return null;
  }
}
