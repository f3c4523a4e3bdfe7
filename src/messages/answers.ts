/** The side that answers. */
import type { Answer, Asked, Cancel, Contract, ErrorCodec, Given, Request } from "./contract";

/** A result whose memory is handed over instead of copied. */
export class Transferred<Value> {
  constructor(
    readonly value: Value,
    readonly transfer: readonly ArrayBuffer[],
  ) {}
}

/** What answers each method. `signal` tells that nobody waits any more. */
export type Answerers<Methods extends Contract<Methods>> = {
  readonly [Name in keyof Methods]: (
    args: Asked<Methods, Name>,
    signal: AbortSignal,
  ) => Result<Given<Methods, Name>> | Promise<Result<Given<Methods, Name>>>;
};
type Result<Value> = Value | Transferred<Value>;

export interface AnswersOptions {
  /** Begins a request when the one before it is answered; all at once otherwise. */
  readonly inTurn?: boolean;
}

export class Answers<Methods extends Contract<Methods>, Failure> {
  readonly #answerers: Answerers<Methods>;
  readonly #post: (answer: Answer<Failure>, transfer: readonly ArrayBuffer[]) => void;
  readonly #errors: Pick<ErrorCodec<Failure>, "write">;
  readonly #inTurn: boolean;
  readonly #open = new Map<number, AbortController>();
  #last: Promise<void> = Promise.resolve();

  /** `post` carries an answer to the other side; `take` must be given what comes from there. */
  constructor(
    answerers: Answerers<Methods>,
    post: (answer: Answer<Failure>, transfer: readonly ArrayBuffer[]) => void,
    errors: Pick<ErrorCodec<Failure>, "write">,
    { inTurn = false }: AnswersOptions = {},
  ) {
    this.#answerers = answerers;
    this.#post = post;
    this.#errors = errors;
    this.#inTurn = inTurn;
  }

  /** Resolves when the request is answered or called off; never fails. */
  take(message: Request<Methods> | Cancel): Promise<void> {
    if (message.kind === "cancel") {
      this.#open.get(message.id)?.abort();
      return Promise.resolve();
    }
    const controller = new AbortController();
    this.#open.set(message.id, controller);
    const answer = () => this.#answer(message, controller.signal);
    const answered = this.#inTurn ? this.#last.then(answer) : answer();
    this.#last = answered.then(() => {
      // The asking side may have begun anew, and its numbers with it.
      if (this.#open.get(message.id) === controller) this.#open.delete(message.id);
    });
    return this.#last;
  }

  /** Nobody waits for anything any more: the asking side is gone, or begins anew. */
  cancelAll(): void {
    for (const controller of this.#open.values()) controller.abort();
  }

  async #answer<Name extends keyof Methods>(
    { id, name, args }: { readonly id: number; readonly name: Name; readonly args: Asked<Methods, Name> },
    signal: AbortSignal,
  ): Promise<void> {
    try {
      if (signal.aborted) return;
      const result = await this.#answerers[name](args, signal);
      if (signal.aborted) return;
      const { value, transfer } = result instanceof Transferred ? result : new Transferred(result, []);
      this.#post({ kind: "answer", id, value }, transfer);
    } catch (error) {
      if (!signal.aborted) this.#post({ kind: "failure", id, failure: this.#errors.write(error) }, []);
    }
  }
}
