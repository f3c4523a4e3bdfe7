/** How far a training has come, from the end of its event log alone: logs of many megabytes are not read whole. */

import { type OpenedFile, withFile } from "../../files/reader";
import { parseEvent } from "../../run/eventCodec";
import type { EventOf, RunEvent } from "../../run/events";
import { Track } from "../../run/track";

const LINE_FEED = 0x0a;
const FIRST_CHUNK = 8_192;

/**
 * What the last complete epoch that counts and the last event say: best epochs, stopping, epochs done, the end. Curves and the
 * start stay unknown. Null when there is no log that can be read.
 */
export async function readLogEnd(path: string): Promise<Track | null> {
  return await withFile(path, searchBackwards).catch(() => null);
}

async function searchBackwards({ size, read }: OpenedFile): Promise<Track> {
  const search = new Search();
  let end = size;
  let rest = Buffer.alloc(0);
  for (let length = FIRST_CHUNK; end > 0; length *= 4) {
    const start = Math.max(0, end - length);
    const content = Buffer.concat([await read(start, end - start), rest]);
    // The first line may begin before this chunk: it waits for the next one.
    const firstLine = start === 0 ? 0 : content.indexOf(LINE_FEED) + 1;
    rest = content.subarray(0, firstLine);
    const whole = content.subarray(firstLine, content.lastIndexOf(LINE_FEED) + 1);
    if (search.among(whole.toString("utf8").split("\n"))) break;
    end = start;
  }
  const track = new Track();
  track.apply(search.found);
  return track;
}

class Search {
  #last: RunEvent | null = null;
  #epoch: EventOf<"epoch"> | null = null;
  /** Epochs from here on were run again after a resumption. */
  #repeatedFrom = Number.POSITIVE_INFINITY;

  /** In the order of the log. */
  get found(): readonly RunEvent[] {
    return [this.#epoch, this.#last].filter((event) => event !== null);
  }

  /** Goes through consecutive lines from the last to the first; true when nothing earlier can matter. */
  among(lines: readonly string[]): boolean {
    for (const line of lines.toReversed()) {
      const parsed = parseEvent(line);
      if ("event" in parsed && this.#consider(parsed.event)) return true;
    }
    return false;
  }

  #consider(event: RunEvent): boolean {
    this.#last ??= event;
    if (event.kind === "start") {
      if (event.resumedAt === null) return true;
      this.#repeatedFrom = Math.min(this.#repeatedFrom, event.resumedAt.epoch);
    }
    if (event.kind !== "epoch" || event.epoch >= this.#repeatedFrom) return false;
    this.#epoch = event;
    return true;
  }
}
