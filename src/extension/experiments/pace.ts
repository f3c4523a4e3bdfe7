import type { Disposable } from "vscode";

/** Runs `action` soon after `ask`, however often asked, at most once every `interval` milliseconds. */
export class Pace implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly interval: number,
    private readonly action: () => void,
  ) {}

  ask(): void {
    if (this.timer !== undefined) return;
    const wait = Math.max(0, this.last + this.interval - Date.now());
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.last = Date.now();
      this.action();
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
