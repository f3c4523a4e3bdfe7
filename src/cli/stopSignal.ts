import { EXIT } from "../run/exitCodes";

export interface Stoppable {
  /** What is ended before the stop: "weight update". */
  readonly step: string;
  /** Whether nothing has been begun that would have to be ended. */
  readonly idle?: () => boolean;
}

/**
 * Ctrl+C and a polite kill ask to stop after the current step; a second Ctrl+C ends the process at once (the MAPS stays readable:
 * everything in it is written under a temporary name first).
 */
export function stopSignal(
  say: (text: string) => void,
  { step, idle = () => false }: Stoppable,
): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.stopped);
    if (idle()) {
      say("Stopped while the data was checked: nothing has been written.");
      process.exit(EXIT.stopped);
    }
    say(`Stopping after this ${step} (Ctrl+C again to stop at once) ...`);
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
