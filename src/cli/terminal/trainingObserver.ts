import { trackOfLogNow } from "../../maps/events/eventLog";
import type { NetworkPlace } from "../../maps/folder/place";
import type { EventOf, RunEvent } from "../../run/events";
import { Track } from "../../run/track";
import type { RunObserver } from "../../training/loop/mapsRecorder";
import type { SpeakingTerminal } from "../command";
import { describeEnd } from "./describeEnd";
import { epochLine, networkName, progressLine, sideBySideLine, startLine } from "./progress";

/** Shows the events of a run on a terminal: a moving line where there is one, lasting lines everywhere. */
export function trainingObserver(terminal: SpeakingTerminal): RunObserver {
  /** Of the networks that train now. */
  const training = new Map<number | null, Track>();
  return (event, place) => {
    const { network } = place;
    const track =
      event.kind === "start" ? trackAtStart(event, place) : (training.get(network) ?? new Track());
    track.apply([event]);
    if (event.kind === "end") training.delete(network);
    else training.set(network, track);
    const said = lastingLine(event, track, network, terminal);
    if (said !== null) terminal.say(said);
    if (terminal.columns === null) return;
    const moving = [...training].sort(([a], [b]) => Number(a) - Number(b)).map(([, one]) => one);
    const [first, ...others] = moving;
    terminal.draw(
      first === undefined
        ? ""
        : others.length > 0
          ? sideBySideLine(moving, terminal.columns, terminal.text)
          : progressLine(first, terminal.columns, terminal.text),
    );
  };
}

/** What was measured before a resumption tells how long the rest will take. Unreadable, it is done without. */
function trackAtStart({ resumedAt }: EventOf<"start">, { eventsJsonl }: NetworkPlace): Track {
  if (resumedAt === null) return new Track();
  try {
    return trackOfLogNow(eventsJsonl);
  } catch {
    return new Track();
  }
}

function lastingLine(
  event: RunEvent,
  track: Track,
  network: number | null,
  terminal: SpeakingTerminal,
): string | null {
  const say = terminal.text;
  switch (event.kind) {
    case "start":
      return startLine(event, say);
    case "epoch": {
      const { task, epochs, classes } = track.start ?? { task: null, epochs: event.epoch + 1, classes: [] };
      return epochLine(event, { task, epochs, network, classes }, say);
    }
    case "end":
      return `  ${networkName(network, say)}${describeEnd(track, terminal)}`;
    case "batch":
    case "evaluating":
    case "evaluation":
    case "reconstruction":
      return null;
  }
}
