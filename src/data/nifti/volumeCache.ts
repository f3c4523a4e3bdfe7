/** What was read from a file. */
interface Kept {
  readonly file: string;
  readonly data: { readonly byteLength: number };
}

/**
 * Decoded volumes, or tensors of their parts, never more bytes of them than the budget. An epoch visits every image once, in an order
 * that changes: then keeping the first that fit serves a fixed share of the reads, while evicting the one that was used longest ago
 * would serve almost none. Images whose parts are read one after the other are used again at once: for these a few places are left,
 * from which what was used longest ago goes.
 */
export class VolumeCache<Volume extends Kept> {
  readonly #kept = new Map<string, Volume>();
  /** The one that was used last comes last. */
  readonly #recent = new Map<string, Volume>();
  #bytes = 0;
  readonly #budgetBytes: number;
  readonly #recentCount: number;

  /** @param recentCount volumes that may take turns in their places */
  constructor(budgetBytes: number, recentCount: number) {
    this.#budgetBytes = budgetBytes;
    this.#recentCount = recentCount;
  }

  /** Bytes of all that is held. */
  get bytes(): number {
    return this.#bytes;
  }

  get(file: string): Volume | undefined {
    const recent = this.#recent.get(file);
    if (recent === undefined) return this.#kept.get(file);
    this.#recent.delete(file);
    this.#recent.set(file, recent);
    return recent;
  }

  put(volume: Volume): void {
    if (this.get(volume.file) !== undefined) return;
    const size = volume.data.byteLength;
    const stays = this.#bytes + size * (1 + this.#recentCount - this.#recent.size) <= this.#budgetBytes;
    (stays ? this.#kept : this.#recent).set(volume.file, volume);
    this.#bytes += size;
    while (this.#bytes > this.#budgetBytes || this.#recent.size > this.#recentCount) {
      const [oldest] = this.#recent.values();
      if (oldest === undefined) return;
      this.#recent.delete(oldest.file);
      this.#bytes -= oldest.data.byteLength;
    }
  }
}
