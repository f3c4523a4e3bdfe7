/** Where a training stands, and why it ended, in words. */

import type { Track } from "../../../src/run/track";
import { formatCount } from "../../shared/numbers";
import { text } from "../texts";

export function progressText({ start, end, progress, epochs, currentEpoch }: Track): string {
  if (start === null) return text("notStarted");
  if (end !== null) {
    // Of an end as it was meant to be the message repeats the best epochs, which stand below.
    const meant = end.reason === "completed" || end.reason === "early_stopping";
    const reason =
      meant || end.message === "" ? endText(end.reason) : `${endText(end.reason)} ${end.message}`;
    return `${text("endedAfter", formatCount(epochs.length))} · ${reason}`;
  }
  switch (progress.kind) {
    case "waiting":
      return text("waiting");
    case "training":
      return text(
        "trainingBatch",
        currentEpoch,
        start.epochs,
        formatCount(progress.batches),
        formatCount(start.batchesPerEpoch),
      );
    case "evaluating":
      return text(
        "evaluating",
        currentEpoch,
        start.epochs,
        text(progress.set).toLocaleLowerCase(),
        formatCount(progress.done),
        formatCount(progress.of),
      );
  }
}

export function endText(reason: NonNullable<Track["end"]>["reason"]): string {
  switch (reason) {
    case "completed":
      return text("endCompleted");
    case "early_stopping":
      return text("endEarlyStopping");
    case "stopped":
      return text("endStopped");
    case "nan":
      return text("endNan");
    case "failed":
      return text("endFailed");
  }
}
