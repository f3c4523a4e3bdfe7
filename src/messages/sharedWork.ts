/** Work whose result several wait for: it is called off when nobody waits any more. */
export class SharedWork<Result> {
  readonly #controller = new AbortController();
  readonly #result: Promise<Result>;
  #waiting = 0;
  #isDone = false;

  /** Begins at once. @param begin its signal aborts when nobody waits any more */
  constructor(begin: (signal: AbortSignal) => Promise<Result>) {
    this.#result = begin(this.#controller.signal);
    const done = () => {
      this.#isDone = true;
    };
    // Of an error hears who waits; when all have left, nobody need.
    this.#result.then(done, done);
  }

  /** It has no result, and will have none. */
  get isCalledOff(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Throws what the work throws, or the reason of `signal` where that has aborted. */
  async wait(signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    const leave = () => {
      this.#waiting--;
      if (this.#waiting === 0 && !this.#isDone) this.#controller.abort(signal.reason);
    };
    this.#waiting++;
    signal.addEventListener("abort", leave, { once: true });
    try {
      const result = await this.#result;
      signal.throwIfAborted();
      return result;
    } finally {
      signal.removeEventListener("abort", leave);
      if (!signal.aborted) this.#waiting--;
    }
  }
}
