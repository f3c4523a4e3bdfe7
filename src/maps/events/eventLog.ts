/** The event log of one network (events.ts): written line by line. eventTail.ts follows it while it grows. */
import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { formatEvent, parseEvent } from "../../run/eventCodec";
import type { RunEvent, RunEventBody } from "../../run/events";
import { Track } from "../../run/track";
import { LOG_CHUNK, LogLines } from "./logLines";

const LINE_FEED = 0x0a;

/**
 * The writer. One process at a time writes a log (units.ts sees to that); each event is one write of one whole line, handed to
 * the system at once, so that a follower sees it and a kill loses nothing that was appended.
 */
export class EventLog {
  readonly #file: number;
  #nextSeq: number;

  private constructor(file: number, nextSeq: number) {
    this.#file = file;
    this.#nextSeq = nextSeq;
  }

  /**
   * Opens the log to go on after its last whole line, or creates it with its folder. A last line that a crash left unfinished
   * is cut off, and the numbering continues.
   */
  static open(path: string): EventLog {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "a+");
    try {
      return new EventLog(file, repair(file));
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** Number that the next event gets. */
  get seq(): number {
    return this.#nextSeq;
  }

  append(body: RunEventBody): RunEvent {
    const event: RunEvent = { seq: this.#nextSeq, time: Date.now(), ...body };
    const line = Buffer.from(formatEvent(event));
    for (let written = 0; written < line.length; ) written += writeSync(this.#file, line, written);
    this.#nextSeq++;
    return event;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Cuts off an unfinished last line; returns the number after that of the last event. */
function repair(file: number): number {
  const { size } = fstatSync(file);
  for (let length = Math.min(size, 65536); ; length = Math.min(size, 4 * length)) {
    const tail = Buffer.alloc(length);
    readSync(file, tail, 0, length, size - length);
    const end = tail.lastIndexOf(LINE_FEED) + 1;
    if (end === 0 && length < size) continue;
    ftruncateSync(file, size - length + end);
    const lines = tail.toString("utf8", 0, end).split("\n");
    // The first line of the tail may be a part of one, unless the tail is the whole file.
    for (let index = lines.length - 1; index >= (length < size ? 1 : 0); index--) {
      const parsed = parseEvent(lines[index]!);
      if ("event" in parsed) return parsed.event.seq + 1;
    }
    if (length === size) return 0;
  }
}

/** Folds the events of a log at once, a chunk of the file at a time. Throws where it cannot be read. */
export function trackOfLogNow(path: string): Track {
  const track = new Track();
  const lines = new LogLines(path);
  const chunk = Buffer.alloc(LOG_CHUNK);
  const file = openSync(path, "r");
  try {
    for (;;) {
      const length = readSync(file, chunk, 0, LOG_CHUNK, lines.next);
      if (length === 0) return track;
      track.apply(lines.take(chunk.subarray(0, length)).events);
    }
  } finally {
    closeSync(file);
  }
}
