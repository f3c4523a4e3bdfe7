/**
 * What two sides say to each other when one asks and the other answers, over anything that carries messages: a worker thread, a
 * webview. Requests have numbers, errors travel as data, and what nobody waits for any more can be called off.
 */

/** What can be asked: methods, as an interface declares them. Arguments and results must survive structured cloning. */
export type Contract<Methods> = { readonly [Name in keyof Methods]: (...args: never[]) => unknown };

export type Asked<Methods extends Contract<Methods>, Name extends keyof Methods> = Readonly<
  Parameters<Methods[Name]>
>;
export type Given<Methods extends Contract<Methods>, Name extends keyof Methods> = Awaited<
  ReturnType<Methods[Name]>
>;

/** By method: its request, with the arguments. */
export type RequestTable<Methods extends Contract<Methods>> = {
  readonly [Name in keyof Methods]: {
    readonly kind: "request";
    readonly id: number;
    readonly name: Name;
    readonly args: Asked<Methods, Name>;
  };
};
export type Request<Methods extends Contract<Methods>> = RequestTable<Methods>[keyof Methods];

/** Nobody waits for the answer any more. */
export interface Cancel {
  readonly kind: "cancel";
  readonly id: number;
}

/** `failure`: the error, as the `ErrorCodec` of both sides writes it. */
export type Answer<Failure> =
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly failure: Failure };

/** How errors travel. What one side writes the other makes into an error that its callers know. */
export interface ErrorCodec<Failure> {
  write(error: unknown): Failure;
  read(failure: Failure): Error;
}
