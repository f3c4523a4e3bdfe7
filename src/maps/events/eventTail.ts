/** Follows an event log that another process writes: each call reads only what was appended since the last one. */
import type { FileHandle } from "node:fs/promises";
import type { Problem } from "../../experiment/problems/problem";
import { openToRead } from "../../files/reader";
import { codeOf } from "../../messages/codeOf";
import type { RunEvent } from "../../run/events";
import { type EventsRead, LOG_CHUNK, LogLines } from "./logLines";

const FINGERPRINT = 128;

export interface Appended extends EventsRead {
  /** The log is another one than at the last call (replaced, cut or removed): forget what was read before. */
  readonly restarted: boolean;
}

export class EventTail {
  #lines: LogLines;
  /** How the part that was read began: its first event has a time, so that no other log begins the same. */
  #beginning: Buffer = Buffer.alloc(0);
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
    this.#lines = new LogLines(path);
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
        this.#lines = new LogLines(this.#path);
        yield { events: [], problems: [], restarted: true };
      }
      if (file === undefined) return;
      for await (const part of this.#readOn(file)) yield { ...part, restarted: false };
    } finally {
      this.#beginning = file === undefined ? Buffer.alloc(0) : await beginningOf(file, this.#lines.end);
      await file?.close();
    }
  }

  /** Whether the file still begins with what was read of it. */
  async #isSame(file: FileHandle | undefined): Promise<boolean> {
    const { end } = this.#lines;
    if (file === undefined) return end === 0;
    const { size } = await file.stat();
    return size >= end && (await beginningOf(file, end)).equals(this.#beginning);
  }

  async *#readOn(file: FileHandle): AsyncGenerator<EventsRead> {
    // A last line without its end may have been cut off since.
    this.#lines.forgetRest();
    const chunk = Buffer.alloc(LOG_CHUNK);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, LOG_CHUNK, this.#lines.next);
      if (bytesRead === 0) return;
      const read = this.#lines.take(chunk.subarray(0, bytesRead));
      if (read.events.length + read.problems.length > 0) yield read;
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
    return await openToRead(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
