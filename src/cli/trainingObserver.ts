import { readEventsNow } from "../maps/events/eventLog";
import type { NetworkPlace } from "../maps/folder/place";
import type { RunEvent } from "../run/events";
import { Track } from "../run/track";
import type { RunObserver } from "../training/loop/mapsRecorder";
import type { Terminal } from "./command";
import { epochLine, networkName, progressLine, sideBySideLine, startLine } from "./progress";

/** Shows the events of a run on a terminal: a moving line where there is one, lasting lines everywhere. */
export function trainingObserver(terminal: Terminal): RunObserver {
  /** Of the networks that train now. */
  const training = new Map<number | null, Track>();
  return (event, place) => {
    const { network } = place;
    const track = training.get(network) ?? new Track();
    if (event.kind === "start" && event.resumedAt !== null) track.apply(eventsBefore(place));
    track.apply([event]);
    if (event.kind === "end") training.delete(network);
    else training.set(network, track);
    const said = lastingLine(event, track, network);
    if (said !== null) terminal.say(said);
    if (terminal.columns === null) return;
    const moving = [...training].sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one);
    const [first, ...others] = moving;
    terminal.draw(
      first === undefined
        ? ""
        : others.length > 0
          ? sideBySideLine(moving, terminal.columns)
          : progressLine(first, terminal.columns),
    );
  };
}

/** What was measured before a resumption tells how long the rest will take. Unreadable, it is done without. */
function eventsBefore({ eventsJsonl }: NetworkPlace): readonly RunEvent[] {
  try {
    return readEventsNow(eventsJsonl).events;
  } catch {
    return [];
  }
}

function lastingLine(event: RunEvent, { start }: Track, network: number | null): string | null {
  switch (event.kind) {
    case "start":
      return startLine(event);
    case "epoch":
      return epochLine(event, start?.epochs ?? event.epoch + 1, network);
    case "end":
      return `  ${networkName(network)}${event.message}`;
    case "batch":
    case "evaluating":
    case "evaluation":
      return null;
  }
}
