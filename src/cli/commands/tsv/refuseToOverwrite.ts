import { resolve } from "node:path";
import { UsageError } from "../../command";

/** A result that would take the place of a table that it is made from is refused. */
export function refuseToOverwrite(output: string, inputs: readonly (string | undefined)[]): void {
  const overwritten = inputs.some((input) => input !== undefined && resolve(input) === resolve(output));
  if (overwritten)
    throw new UsageError(`${output} would be overwritten, and is read: choose another output.`);
}
