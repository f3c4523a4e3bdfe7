/**
 * The thread in which an input preview computes, so that the editor's other extensions need not wait. It does one thing at a time, and
 * what is called off while it computes ends it: nothing else would stop it, and the next one finds a new thread.
 */
import { refuse } from "../../../experiment/problems/makeProblem";
import { phrase } from "../../../experiment/problems/phrases";
import type { Asked, Given } from "../../../messages/contract";
import { WorkerThread } from "../../../messages/workerThread";
import { type InputsFailure, type InputsWork, inputsErrors } from "./threadMessages";

export class InputsThread {
  readonly #file: string;
  #thread: WorkerThread<InputsWork, InputsFailure> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param file the program of the thread; costs nothing until it is asked for something */
  constructor(file: string) {
    this.#file = file;
  }

  /** Throws what the work throws, an InputError where the thread failed, and the reason of `signal` once that has aborted. */
  ask<Name extends keyof InputsWork>(
    name: Name,
    args: Asked<InputsWork, Name>,
    signal: AbortSignal,
  ): Promise<Given<InputsWork, Name>> {
    const answer = this.#last.then(() => this.#ask(name, args, signal));
    this.#last = answer.catch(() => {});
    return answer;
  }

  async #ask<Name extends keyof InputsWork>(
    name: Name,
    args: Asked<InputsWork, Name>,
    signal: AbortSignal,
  ): Promise<Given<InputsWork, Name>> {
    signal.throwIfAborted();
    try {
      return await this.#living().requests.ask(name, args, { signal });
    } finally {
      if (signal.aborted) await this.close();
    }
  }

  /** After one that has failed or was ended, another is started. */
  #living(): WorkerThread<InputsWork, InputsFailure> {
    if (this.#thread?.isAlive !== true)
      this.#thread = new WorkerThread({
        file: this.#file,
        data: null,
        errors: inputsErrors,
        ended: (failure) => refuse("image.no-input", {}, { reason: failure ?? phrase("thread-ended") }),
        idles: true,
      });
    return this.#thread;
  }

  /** Ends the thread; what it is asked for fails. */
  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }
}
