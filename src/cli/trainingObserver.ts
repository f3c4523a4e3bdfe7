import type { RunEvent } from "../run/events";
import type { RunObserver } from "../training/loop/mapsRecorder";
import type { Terminal } from "./command";
import {
  advance,
  epochLine,
  NO_PROGRESS,
  networkName,
  type Progress,
  progressLine,
  sideBySideLine,
  startLine,
} from "./progress";

/** Shows the events of a run on a terminal: a moving line where there is one, lasting lines everywhere. */
export function trainingObserver(terminal: Terminal): RunObserver {
  /** Of the networks that train now. */
  const training = new Map<number | null, Progress>();
  return (event, { network }) => {
    const progress = advance(training.get(network) ?? NO_PROGRESS, event);
    if (event.kind === "end") training.delete(network);
    else training.set(network, progress);
    const said = lastingLine(event, progress, network);
    if (said !== null) terminal.say(said);
    if (terminal.columns === null) return;
    const moving = [...training].sort(([a], [b]) => Number(a) - Number(b)).map(([, progress]) => progress);
    terminal.draw(
      moving.length > 1
        ? sideBySideLine(moving, terminal.columns)
        : progressLine(moving[0] ?? NO_PROGRESS, event.time, terminal.columns),
    );
  };
}

function lastingLine(event: RunEvent, { start }: Progress, network: number | null): string | null {
  switch (event.kind) {
    case "start":
      return startLine(event);
    case "epoch":
      return epochLine(event, start?.epochs ?? event.epoch + 1, network);
    case "end":
      return `  ${networkName(network)}${event.message}`;
    default:
      return null;
  }
}
