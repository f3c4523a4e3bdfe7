import { InputError } from "../experiment/problem";
import { ArchitectureError } from "../network/architectureError";

/** What the network room refuses, as bad input at the key `where`; anything else as it was thrown. */
export function asInputError(error: unknown, where: string, file?: string): InputError {
  if (!(error instanceof ArchitectureError)) throw error;
  const { where: place, detail, remedy } = error;
  const problem = { severity: "error" as const, where, message: `${place}: ${detail}`, remedy };
  return new InputError([file === undefined ? problem : { ...problem, file }]);
}
