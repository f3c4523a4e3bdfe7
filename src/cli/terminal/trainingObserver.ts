import { trackOfLogNow } from "../../maps/events/eventLog";
import type { NetworkPlace } from "../../maps/folder/place";
import type { EventOf, RunEvent } from "../../run/events";
import { Track } from "../../run/track";
import type { RunObserver } from "../../training/loop/mapsRecorder";
import type { SpeakingTerminal } from "../command";
import { describeEnd } from "./describeEnd";
import { epochLine, progressLine, sideBySideLine, startLine, type Unit, unitName } from "./progress";

/** Shows the events of a run on a terminal: a moving line where there is one, lasting lines everywhere. */
export function trainingObserver(terminal: SpeakingTerminal): RunObserver {
  /** Of the networks that train now. */
  const training = new Map<
    string,
    { readonly track: Track; readonly split: number; readonly place: number }
  >();
  /** Once splits have trained side by side every line names its split. */
  let severalSplits = false;
  return (event, place) => {
    const { split, network } = place;
    const key = `${split} ${network}`;
    const track =
      event.kind === "start" ? trackAtStart(event, place) : (training.get(key)?.track ?? new Track());
    track.apply([event]);
    severalSplits ||= [...training.values()].some((other) => other.split !== split);
    if (event.kind === "end") training.delete(key);
    else training.set(key, { track, split, place: network ?? 0 });
    const said = lastingLine(event, track, { split: severalSplits ? split : null, network }, terminal);
    if (said !== null) terminal.say(said);
    if (terminal.columns === null) return;
    const moving = [...training.values()]
      .sort((a, b) => a.split - b.split || a.place - b.place)
      .map((one) => one.track);
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

function lastingLine(event: RunEvent, track: Track, unit: Unit, terminal: SpeakingTerminal): string | null {
  const say = terminal.text;
  switch (event.kind) {
    case "start":
      return startLine(event, say);
    case "epoch": {
      const { task, epochs, classes } = track.start ?? { task: null, epochs: event.epoch + 1, classes: [] };
      return epochLine(event, { task, epochs, ...unit, classes }, say);
    }
    case "end":
      return `  ${unitName(unit, say)}${describeEnd(track, terminal)}`;
    case "batch":
    case "evaluating":
    case "evaluation":
    case "reconstruction":
      return null;
  }
}
