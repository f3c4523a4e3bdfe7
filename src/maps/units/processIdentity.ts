/** Who a process is, beyond its number, which the system gives to another one some day. */
import { hostname } from "node:os";
import { bootOf, type ProcessTable } from "./processes/processTable";
import { knownProcesses } from "./processes/systemProcesses";

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Boot, and moment when the process started (processes/processTable.ts); null where the system did not tell. */
  readonly processStart: string | null;
}

let own: Promise<ProcessIdentity> | undefined;

/** This process. Asked for once. */
export const thisProcess = (): Promise<ProcessIdentity> => (own ??= identify(process.pid));

async function identify(pid: number): Promise<ProcessIdentity> {
  const facts = await knownProcesses.look(pid);
  return { pid, host: hostname(), processStart: typeof facts === "string" ? null : facts.start };
}

/**
 * Whether that very process runs. Null where nobody can say: on another machine, also one of the same name, on this one before it was
 * started anew, and where a process of that number runs whose start is not known.
 */
export async function isRunning(
  { pid, host, processStart }: ProcessIdentity,
  processes: ProcessTable = knownProcesses,
): Promise<boolean | null> {
  if (host !== hostname()) return null;
  if (processStart !== null && bootOf(processStart) !== (await processes.boot())) return null;
  const facts = await processes.look(pid);
  if (facts === "gone") return false;
  return facts === "unknown" || processStart === null ? null : facts.start === processStart;
}
