import type { Disposable } from "vscode";

/** Runs `action` soon after `ask`, however often asked, at most once every `interval` milliseconds. */
export class Pace implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  #last = Number.NEGATIVE_INFINITY;
  readonly #interval: number;
  readonly #action: () => void;

  constructor(interval: number, action: () => void) {
    this.#interval = interval;
    this.#action = action;
  }

  ask(): void {
    if (this.#timer !== undefined) return;
    const wait = Math.max(0, this.#last + this.#interval - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = Date.now();
      this.#action();
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
