/** Tapes of one model that are ready to run, made when they are first needed and kept. */
import type { Replay } from "./replay";

/** Bytes on the device from which on a replay is made sooner than it is worth to keep it beside another. */
const LARGE = 1 << 27;

export interface Recorded<Notes> {
  readonly replay: Replay;
  /** What the recording found out. */
  readonly notes: Notes;
}

/**
 * All small ones stay; of the large ones (for training, for a shorter last batch, for evaluation) a model keeps one at a time, for they
 * hold gigabytes.
 */
export class Replays {
  readonly #entries = new Map<string, Promise<Recorded<unknown>>>();
  #large: string | undefined;

  /**
   * @param key tells all tapes of the model apart
   * @param make called at the first time, after room has been made where `bytes` are many
   */
  async get<Notes>(
    key: string,
    make: (makeRoom: (bytes: number) => void) => Promise<Recorded<Notes>>,
  ): Promise<Recorded<Notes>> {
    const known = this.#entries.get(key);
    // Whoever asks with this key has made what is kept under it.
    if (known !== undefined) return known as Promise<Recorded<Notes>>;
    const entry = make((bytes) => this.#makeRoom(key, bytes));
    this.#entries.set(key, entry);
    // A failed attempt is not kept: the next one may find more memory.
    entry.catch(() => this.#entries.delete(key));
    return entry;
  }

  dispose(): void {
    for (const key of [...this.#entries.keys()]) this.#close(key);
  }

  #makeRoom(key: string, bytes: number): void {
    if (bytes < LARGE) return;
    if (this.#large !== undefined) this.#close(this.#large);
    this.#large = key;
  }

  #close(key: string): void {
    const entry = this.#entries.get(key);
    this.#entries.delete(key);
    entry?.then(
      ({ replay }) => replay.dispose(),
      () => {},
    );
  }
}
