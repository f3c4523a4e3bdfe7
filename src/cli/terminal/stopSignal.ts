import { EXIT } from "../../run/exitCodes";
import type { SpeakingTerminal } from "../command";

export interface Stoppable {
  /** Said of what is ended before the stop. */
  readonly stopping: "stopping-after-update" | "stopping-after-batch";
  /** Whether nothing has been begun that would have to be ended. */
  readonly idle?: () => boolean;
}

/**
 * Ctrl+C and a polite kill ask to stop after the current step; a second Ctrl+C ends the process at once (the MAPS stays readable:
 * everything in it is written under a temporary name first).
 */
export function stopSignal(
  terminal: Pick<SpeakingTerminal, "say" | "text">,
  { stopping, idle = () => false }: Stoppable,
): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.stopped);
    if (idle()) {
      terminal.say(terminal.text("stopped-while-checking"));
      process.exit(EXIT.stopped);
    }
    terminal.say(terminal.text(stopping));
    controller.abort();
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: controller.signal,
    release: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
