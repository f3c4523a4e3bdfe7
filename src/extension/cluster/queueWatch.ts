/**
 * What the scheduler of a cluster says, asked sparingly: once for all runs of the window, at most once every 10 s, only while somebody
 * looks, and hardly ever where none answers. Whoever shows a run that goes on says so by `want`.
 */
import { type Disposable, EventEmitter } from "vscode";

/** Milliseconds between two questions. */
export const ASK_EVERY = 10_000;
/** Where no scheduler answers: one may be reached later, by a network that was away. */
export const ASK_AGAIN_EVERY = 300_000;

/** @template Answer what a scheduler says of all jobs of this user */
export class QueueWatch<Answer> implements Disposable {
  readonly #changed = new EventEmitter<void>();
  /** There is another answer. */
  readonly onDidChange = this.#changed.event;
  #answer: Answer | null = null;
  #asked = Number.NEGATIVE_INFINITY;
  #answered = Number.NEGATIVE_INFINITY;
  #asking = false;
  readonly #ask: () => Promise<Answer | null>;
  readonly #isSeen: () => boolean;

  /** @param ask null where no scheduler answers; never rejects. @param isSeen whether somebody looks at the window */
  constructor(ask: () => Promise<Answer | null>, isSeen: () => boolean) {
    this.#ask = ask;
    this.#isSeen = isSeen;
  }

  /** The last answer; null where there is none: the files alone tell. */
  get answer(): Answer | null {
    return this.#answer;
  }

  /** When the scheduler was asked what `answer` says; milliseconds since 1970. */
  get askedAt(): number {
    return this.#answered;
  }

  /** Something that waits or runs on a cluster is shown. Asks if it is time to. */
  want(): void {
    const pause = this.#answer === null ? ASK_AGAIN_EVERY : ASK_EVERY;
    if (this.#asking || !this.#isSeen() || Date.now() - this.#asked < pause) return;
    void this.askNow();
  }

  /** Asks after something that the user did, which changes the answer. */
  async askNow(): Promise<Answer | null> {
    this.#asking = true;
    const asked = Date.now();
    this.#asked = asked;
    try {
      this.#answer = await this.#ask();
      this.#answered = asked;
    } finally {
      this.#asking = false;
    }
    this.#changed.fire();
    return this.#answer;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
