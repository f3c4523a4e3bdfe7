/** Follows an event log that another process writes: each call reads only what was appended since the last one. */
import { type FileHandle, open } from "node:fs/promises";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import type { RunEvent } from "../../run/events";
import { type EventsRead, parseLines } from "./eventLog";

const FINGERPRINT = 128;
const LINE_FEED = 0x0a;
const CHUNK = 2 ** 20;
/** A line is a few hundred bytes; what is longer without an end is garbage and is not kept. */
const LONGEST_LINE = 2 ** 24;

export interface Appended extends EventsRead {
  /** The log is another one than at the last call (replaced, cut or removed): forget what was read before. */
  readonly restarted: boolean;
}

export class EventTail {
  /** End of the last whole line that was read, and its number. */
  #offset = 0;
  #lines = 0;
  /** How the part that was read began: its first event has a time, so that no other log begins the same. */
  #beginning: Buffer = Buffer.alloc(0);
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Events appended since the last call, all at once; none while there is no file. Calls must not overlap. */
  async read(): Promise<Appended> {
    const events: RunEvent[] = [];
    const problems: Problem[] = [];
    let restarted = false;
    for await (const part of this.parts()) {
      for (const event of part.events) events.push(event);
      for (const problem of part.problems) problems.push(problem);
      restarted ||= part.restarted;
    }
    return { events, problems, restarted };
  }

  /** As `read`, a chunk of the file at a time: who forgets what it was told needs little memory for a long log. */
  async *parts(): AsyncGenerator<Appended> {
    const file = await openIfPresent(this.#path);
    try {
      if (!(await this.#isSame(file))) {
        this.#offset = 0;
        this.#lines = 0;
        yield { events: [], problems: [], restarted: true };
      }
      if (file === undefined) return;
      for await (const part of this.#readOn(file)) yield { ...part, restarted: false };
    } finally {
      this.#beginning = file === undefined ? Buffer.alloc(0) : await beginningOf(file, this.#offset);
      await file?.close();
    }
  }

  /** Whether the file still begins with what was read of it. */
  async #isSame(file: FileHandle | undefined): Promise<boolean> {
    if (file === undefined) return this.#offset === 0;
    const { size } = await file.stat();
    return size >= this.#offset && (await beginningOf(file, this.#offset)).equals(this.#beginning);
  }

  async *#readOn(file: FileHandle): AsyncGenerator<EventsRead> {
    let rest: Buffer = Buffer.alloc(0);
    const buffer = Buffer.alloc(CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, this.#offset + rest.length);
      if (bytesRead === 0) return;
      const content = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      const end = content.lastIndexOf(LINE_FEED) + 1;
      rest = content.subarray(end);
      if (end > 0) {
        const lines = content.toString("utf8", 0, end - 1).split("\n");
        const read = parseLines(this.#path, lines, this.#lines + 1);
        this.#lines += lines.length;
        this.#offset += end;
        yield read;
      } else if (rest.length > LONGEST_LINE) {
        this.#offset += rest.length;
        rest = Buffer.alloc(0);
        const place = { file: this.#path, where: `line ${this.#lines + 1}` };
        yield { events: [], problems: [warning("events.too-long", place)] };
      }
    }
  }
}

/** The first bytes of what was read up to `offset`. */
async function beginningOf(file: FileHandle, offset: number): Promise<Buffer> {
  const length = Math.min(offset, FINGERPRINT);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

async function openIfPresent(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
