import { EXIT } from "./command";

/**
 * Ctrl+C and a polite kill ask the training to stop after the current weight update; a second Ctrl+C ends the process at once
 * (the MAPS stays readable: everything in it is written under a temporary name first).
 */
export function stopSignal(say: (text: string) => void): {
  readonly signal: AbortSignal;
  readonly release: () => void;
} {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(EXIT.stopped);
    say("Stopping after this weight update (Ctrl+C again to stop at once) ...");
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
