import type { RunEvent } from "../maps/events";
import type { Terminal } from "./command";
import { advance, epochLine, NO_PROGRESS, progressLine, startLine } from "./progress";

/** Shows the events of a run on a terminal: a moving line where there is one, lasting lines everywhere. */
export function trainingObserver(terminal: Terminal): (event: RunEvent) => void {
  let progress = NO_PROGRESS;
  return (event) => {
    progress = advance(progress, event);
    if (event.kind === "start") terminal.say(startLine(event));
    if (event.kind === "epoch") terminal.say(epochLine(event, progress.start?.epochs ?? event.epoch + 1));
    if (event.kind === "end") {
      terminal.draw("");
      terminal.say(`  ${event.message}`);
    } else if (terminal.columns !== null) {
      terminal.draw(progressLine(progress, event.time, terminal.columns));
    }
  };
}
