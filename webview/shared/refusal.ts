/** The editor could not do what a view asked for. */
import type { ErrorCodec } from "../../src/messages/contract";

export class Refusal<Fault> extends Error {
  constructor(
    /** What is wrong, and what to do about it; one at least. */
    readonly faults: readonly Fault[],
  ) {
    super("The editor could not do what the view asked for.");
  }
}

/** How refusals arrive in a view. */
export const refusals = <Fault>(): Pick<ErrorCodec<readonly Fault[]>, "read"> => ({
  read: (faults) => new Refusal(faults),
});
