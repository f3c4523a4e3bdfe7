/** Of what replaces itself only the newest counts: beginning again calls off the one before. */
export class Newest {
  #current = new AbortController();

  /** Begins another one; the signal aborts when it is replaced or called off. */
  begin(): AbortSignal {
    this.#current.abort();
    this.#current = new AbortController();
    return this.#current.signal;
  }

  /** Nobody waits for anything any more. */
  cancel(): void {
    this.#current.abort();
  }
}
