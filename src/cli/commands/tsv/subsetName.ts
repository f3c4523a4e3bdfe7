import { nameFault } from "../../../experiment/names";
import { misuse } from "../../commandLine/usageError";

/** The name of a set becomes that of its files, which stand beside those of the training set. */
export function checkSubsetName(name: string): string {
  if (
    /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*$/u.test(name) &&
    !/^train(_baseline)?$/i.test(name) &&
    nameFault(name) === null
  )
    return name;
  throw misuse("usage.subset-name", { name });
}
