/** The signals by which a scheduler ends a task. */

/** Which signal came first; null before any. */
export interface TaskSignals {
  readonly signal: AbortSignal;
  readonly first: () => NodeJS.Signals | null;
  readonly release: () => void;
}

/** That its time is nearly over is said by the first one (`--signal` in script.ts); the others end it for whatever reason. */
const WARNING = "SIGUSR1";
const ENDING = [WARNING, "SIGTERM", "SIGINT", "SIGHUP"] as const;

/** @param onSignal called at once, for what cannot wait for a training to end */
export function taskSignals(onSignal: (name: NodeJS.Signals) => void): TaskSignals {
  const controller = new AbortController();
  let first: NodeJS.Signals | null = null;
  const listen = (name: NodeJS.Signals) => {
    if (first !== null) return;
    first = name;
    controller.abort();
    onSignal(name);
  };
  for (const name of ENDING) process.on(name, listen);
  return {
    signal: controller.signal,
    first: () => first,
    release: () => {
      for (const name of ENDING) process.off(name, listen);
    },
  };
}

/** Whether the scheduler only warns: then nobody took the job away. */
export const isWarning = (name: NodeJS.Signals | null): boolean => name === WARNING;
