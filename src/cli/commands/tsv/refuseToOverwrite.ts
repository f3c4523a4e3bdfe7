import { resolve } from "node:path";
import { misuse } from "../../commandLine/usageError";

/** A result that would take the place of a table that it is made from is refused. */
export function refuseToOverwrite(output: string, inputs: readonly (string | undefined)[]): void {
  const overwritten = inputs.some((input) => input !== undefined && resolve(input) === resolve(output));
  if (overwritten) throw misuse("usage.overwritten", { file: output });
}
