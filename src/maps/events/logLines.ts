/** Events of the bytes of a log as they come, chunk by chunk: what is no whole line yet waits for its end. */
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { parseEvent } from "../../run/eventCodec";
import type { RunEvent } from "../../run/events";

const LINE_FEED = 0x0a;
/** A line is a few hundred bytes; what is longer without an end is garbage and is not kept. */
const LONGEST_LINE = 2 ** 24;

/** Of one chunk so many lines that say nothing are told of: garbage may be all line feeds. */
const MOST_PROBLEMS = 100;

/** Bytes of a log that are read at a time. */
export const LOG_CHUNK = 2 ** 20;

export interface EventsRead {
  readonly events: readonly RunEvent[];
  /** Lines that say nothing, by their numbers from 1. */
  readonly problems: readonly Problem[];
}

export class LogLines {
  readonly #path: string;
  #rest: Buffer = Buffer.alloc(0);
  #lines = 0;
  #end = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Where the last whole line ends. */
  get end(): number {
    return this.#end;
  }

  /** Where the next bytes stand that are wanted. */
  get next(): number {
    return this.#end + this.#rest.length;
  }

  /** Forgets what is no whole line yet: `next` is `end`. */
  forgetRest(): void {
    this.#rest = Buffer.alloc(0);
  }

  /** @param bytes those at `next`, which are not kept */
  take(bytes: Buffer): EventsRead {
    const content = Buffer.concat([this.#rest, bytes]);
    const end = content.lastIndexOf(LINE_FEED) + 1;
    this.#rest = content.subarray(end);
    if (end > 0) {
      const lines = content.toString("utf8", 0, end - 1).split("\n");
      const read = this.#parse(lines);
      this.#lines += lines.length;
      this.#end += end;
      return read;
    }
    if (this.#rest.length <= LONGEST_LINE) return { events: [], problems: [] };
    this.#end = this.next;
    this.forgetRest();
    const place = { file: this.#path, where: `line ${this.#lines + 1}` };
    return { events: [], problems: [warning("events.too-long", place)] };
  }

  /** Events of kinds that a newer Gyrus may write are passed over; other lines that are no events are reported. */
  #parse(lines: readonly string[]): EventsRead {
    const events: RunEvent[] = [];
    const problems: Problem[] = [];
    for (const [index, line] of lines.entries()) {
      const parsed = parseEvent(line);
      if ("event" in parsed) events.push(parsed.event);
      else if ("problem" in parsed && problems.length < MOST_PROBLEMS) {
        const where = `line ${this.#lines + 1 + index}`;
        problems.push({ ...parsed.problem, file: this.#path, where });
      }
    }
    return { events, problems };
  }
}
