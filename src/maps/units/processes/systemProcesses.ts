/** The processes of the system at hand. */
import { linuxProcesses } from "./linuxProcesses";
import { macProcesses } from "./macProcesses";
import type { ProcessTable } from "./processTable";
import { remembering } from "./processTable";
import { windowsProcesses } from "./windowsProcesses";

/** Asked anew each time. On a system that is none of the three what Linux has may be there. */
export const systemProcesses: ProcessTable =
  process.platform === "win32"
    ? windowsProcesses()
    : process.platform === "darwin"
      ? macProcesses()
      : linuxProcesses();

/** Milliseconds. */
const MEMORY = 10_000;

/** For lists of many MAPS, looked at again and again. */
export const knownProcesses: ProcessTable =
  process.platform === "win32" || process.platform === "darwin"
    ? remembering(systemProcesses, MEMORY)
    : systemProcesses;
