/** Follows an event log and keeps what its events amount to, not the events: a log of a million batches is a few columns of numbers. */
import type { Problem } from "../../experiment/problems/problem";
import { Track } from "../../run/track";
import { EventTail } from "./eventTail";

/** A broken log is said in a few lines, not in thousands. */
const MOST_PROBLEMS = 3;

export class TrackTail {
  #track = new Track();
  #problems: readonly Problem[] = [];
  readonly #tail: EventTail;

  constructor(path: string) {
    this.#tail = new EventTail(path);
  }

  /** What was read so far; another object after the log was replaced. */
  get track(): Track {
    return this.#track;
  }

  /** The first lines that say nothing. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Reads what was appended since the last call. Calls must not overlap. */
  async read(): Promise<void> {
    for await (const { restarted, events, problems } of this.#tail.parts()) {
      if (restarted) {
        this.#track = new Track();
        this.#problems = [];
      }
      this.#track.apply(events);
      this.#problems = [...this.#problems, ...problems].slice(0, MOST_PROBLEMS);
    }
  }
}
