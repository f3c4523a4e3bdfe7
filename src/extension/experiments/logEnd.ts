/** How far an event log has come, from its last lines: a long run has millions of bytes before them. */
import { open } from "node:fs/promises";
import { parseEvent } from "../../maps/eventCoding";
import type { RunEvent } from "../../maps/events";

type EventOf<Kind extends RunEvent["kind"]> = Extract<RunEvent, { kind: Kind }>;

export interface LogEnd {
  /** The last complete epoch. */
  readonly epoch: EventOf<"epoch"> | null;
  /** Set when nothing came after it. */
  readonly end: EventOf<"end"> | null;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

const firstChunk = 2 ** 16;
/** An epoch of ten thousand batches has its last word within this. */
const farthest = 2 ** 23;

/** Null where there is no log. */
export async function readLogEnd(file: string): Promise<LogEnd | null> {
  const handle = await open(file, "r").catch(() => null);
  if (handle === null) return null;
  try {
    const { size, mtimeMs } = await handle.stat();
    for (let length = Math.min(size, firstChunk); ; length = Math.min(size, 8 * length)) {
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
      const found = lastWords(buffer.toString("utf8").split("\n"));
      if (found.epoch !== null || length === size || length >= farthest)
        return { ...found, changed: mtimeMs };
    }
  } finally {
    await handle.close();
  }
}

/** Reads backwards; a torn last line and a first one that was cut are no events. */
function lastWords(lines: readonly string[]): Pick<LogEnd, "epoch" | "end"> {
  let end: EventOf<"end"> | null = null;
  let goesOn = false;
  for (const line of lines.toReversed()) {
    // Most lines are batches, and there is nothing to learn from them here.
    if (!/"kind":"(epoch|end|start)"/.test(line)) continue;
    const parsed = parseEvent(line);
    if (!("event" in parsed)) continue;
    const { event } = parsed;
    if (event.kind === "epoch") return { epoch: event, end };
    if (event.kind === "end" && !goesOn) end = event;
    if (event.kind === "start") goesOn = true;
  }
  return { epoch: null, end };
}
