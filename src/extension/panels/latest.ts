/** Numbers what is asked for one after the other: only the last is still waited for. */
export class Latest {
  #number = 0;

  /** Begins another one. The answer tells whether it is still the last. */
  begin(): () => boolean {
    const mine = ++this.#number;
    return () => mine === this.#number;
  }

  /** Nobody waits for anything any more. */
  cancel(): void {
    this.#number++;
  }
}
