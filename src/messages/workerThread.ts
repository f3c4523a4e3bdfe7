/** Asks a worker thread: starts it, carries the messages, and says what ended it. */
import { Worker } from "node:worker_threads";
import type { Answer, Contract, ErrorCodec } from "./contract";
import { Requests } from "./requests";

export interface ThreadOptions<Failure> {
  /** The program of the thread, which answers with `answerInThread`. */
  readonly file: string;
  /** What it finds as its `workerData`. */
  readonly data: unknown;
  readonly errors: Pick<ErrorCodec<Failure>, "read">;
  /** The error of all that waits when the thread ends. `failure`: what went wrong; null when it was ended, or ended itself. */
  readonly ended: (failure: string | null) => Error;
  /** Holds the process open only while something waits; always otherwise. */
  readonly idles?: boolean;
}

export class WorkerThread<Methods extends Contract<Methods>, Failure> {
  readonly requests: Requests<Methods, Failure>;
  readonly #worker: Worker;
  #alive = true;

  constructor({ file, data, errors, ended, idles = false }: ThreadOptions<Failure>) {
    const worker = new Worker(file, { workerData: data, execArgv: [] });
    const requests = new Requests<Methods, Failure>((message, transfer) => {
      if (idles) worker.ref();
      worker.postMessage(message, transfer);
    }, errors);
    const end = (failure: string | null) => {
      this.#alive = false;
      requests.end(ended(failure));
    };
    worker.on("message", (answer: Answer<Failure>) => {
      requests.take(answer);
      if (idles && requests.pending === 0) worker.unref();
    });
    // An answer that there is no memory for. Nobody would hear of it otherwise, and wait.
    worker.on("messageerror", (error) => end(`an answer was lost: ${error.message}`));
    worker.on("error", (error) => end(error.message));
    worker.on("exit", () => end(null));
    this.requests = requests;
    this.#worker = worker;
  }

  /** False once the thread has failed or ended: it answers nothing any more. */
  get isAlive(): boolean {
    return this.#alive;
  }

  /** Ends the thread; what waits fails. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }
}
