/** Durations in seconds, from a clock that never goes back. */
export class Stopwatch {
  readonly #started = performance.now();
  readonly #laps = new Map<string, number>();
  readonly #before: number;

  /** @param before seconds that were measured before this process */
  constructor(before = 0) {
    this.#before = before;
  }

  /** Since the beginning, pauses between processes left out. */
  seconds(): number {
    return this.#before + (performance.now() - this.#started) / 1000;
  }

  /** Since the last call with the same name, or since this process began. */
  lap(name: string): number {
    const now = performance.now();
    const since = this.#laps.get(name) ?? this.#started;
    this.#laps.set(name, now);
    return (now - since) / 1000;
  }
}
