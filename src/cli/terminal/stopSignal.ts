import { allInPlace } from "../../files/wholeFolder";
import { EXIT } from "../../run/exitCodes";
import type { SpeakingTerminal } from "../command";

export interface Stoppable {
  /** Said of what is ended before the stop. */
  readonly stopping: "stopping-after-update" | "stopping-after-batch";
  /** Whether nothing has been begun that would have to be ended. */
  readonly idle?: () => boolean;
}

/**
 * What asks to stop: Ctrl+C, a polite kill, a terminal or a connection that closes, a cluster's warning before a limit
 * (Slurm as it is asked, often SIGUSR1; Grid Engine and LSF SIGUSR2 before a kill; SIGXCPU at a limit of processor time). Windows knows
 * Ctrl+C, Ctrl+Break (SIGBREAK) and, as SIGHUP, a console that closes, which it ends some ten seconds later; the signals of clusters do
 * not exist there, nor SIGBREAK elsewhere.
 */
const ASKING = ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2", "SIGXCPU", "SIGBREAK"] as const;

/** One Ctrl+C can come twice: from the terminal, and passed on by what started the program (npm). Milliseconds. */
const SAME_KEY = 1000;

/**
 * A first signal asks to stop after the current step. A second Ctrl+C ends the process at once (the MAPS stays readable: everything
 * in it is written under a temporary name first); no other one does, since `timeout`, a closing session and a cluster send several.
 */
export function stopSignal(
  terminal: Pick<SpeakingTerminal, "say" | "text">,
  { stopping, idle = () => false }: Stoppable,
): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  let asked = 0;
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      if (name === "SIGINT" && performance.now() - asked > SAME_KEY) process.exit(EXIT.stopped);
      return;
    }
    if (idle()) {
      terminal.say(terminal.text("stopped-while-checking"));
      process.exit(EXIT.stopped);
    }
    terminal.say(terminal.text(stopping));
    asked = performance.now();
    controller.abort();
  };
  for (const name of ASKING) process.on(name, onSignal);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ASKING) process.off(name, onSignal);
    },
  };
}

/**
 * For commands that ask nothing of a signal: it ends the process, which takes along what it has not completed
 * (src/files/temporary.ts). Where `stopSignal` listens as well, it decides.
 */
export function endBySignals(): void {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      if (process.listenerCount(name) === 1) void allInPlace().then(() => process.exit(EXIT.stopped));
    });
  }
}
