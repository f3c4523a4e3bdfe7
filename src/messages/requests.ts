/** The side that asks. */
import type { Answer, Asked, Cancel, Contract, ErrorCodec, Given, Request, RequestTable } from "./contract";

export interface AskOptions {
  /** Calls the request off: its promise fails with the reason of the signal, and its answer is not waited for. */
  readonly signal?: AbortSignal;
  /** Memory that is handed over to the other side. */
  readonly transfer?: readonly ArrayBuffer[];
}

type Post<Methods extends Contract<Methods>> = (
  message: Request<Methods> | Cancel,
  transfer: readonly ArrayBuffer[],
) => void;

interface Waiting {
  resolve(value: never): void;
  reject(error: unknown): void;
}

export class Requests<Methods extends Contract<Methods>, Failure> {
  readonly #post: Post<Methods>;
  readonly #errors: Pick<ErrorCodec<Failure>, "read">;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  /** Why nobody answers any more. */
  #ended: Error | undefined;

  /** `post` carries a message to the other side; `take` must be given what comes back. */
  constructor(post: Post<Methods>, errors: Pick<ErrorCodec<Failure>, "read">) {
    this.#post = post;
    this.#errors = errors;
  }

  /** Requests that have no answer yet. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Throws what the other side throws, what ended the connection, or the reason for which the request was called off. */
  async ask<Name extends keyof Methods>(
    name: Name,
    args: Asked<Methods, Name>,
    { signal, transfer = [] }: AskOptions = {},
  ): Promise<Given<Methods, Name>> {
    signal?.throwIfAborted();
    if (this.#ended !== undefined) throw this.#ended;
    const id = ++this.#asked;
    const cancel = () => {
      this.#waiting.get(id)?.reject(signal?.reason);
      this.#waiting.delete(id);
      this.#post({ kind: "cancel", id }, []);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      return await new Promise<Given<Methods, Name>>((resolve, reject) => {
        this.#waiting.set(id, { resolve, reject });
        const request: RequestTable<Methods>[Name] = { kind: "request", id, name, args };
        this.#post(request, transfer);
      });
    } finally {
      this.#waiting.delete(id);
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** The answer to a request; one that nobody waits for is left. */
  take(answer: Answer<Failure>): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    switch (answer.kind) {
      case "answer":
        // The other side answers for the method that was asked: the contract that both share says what it gives.
        waiting?.resolve(answer.value as never);
        return;
      case "failure":
        waiting?.reject(this.#errors.read(answer.failure));
        return;
    }
  }

  /** The other side is gone: what waits fails with `error`, and so does all that is asked from now on. */
  end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    this.#waiting.clear();
  }
}
