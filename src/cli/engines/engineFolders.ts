/** Where engines are looked for that are no part of Gyrus. */
import { delimiter } from "node:path";
import { engineStorage } from "../../files/engineStorage";

/**
 * The folders of the variable GYRUS_ENGINES (written as PATH is), the folder in which the command was given, and the one that
 * `gyrus engines install` fills. What stands there is run.
 */
export function engineFolders(environment: NodeJS.ProcessEnv = process.env): string[] {
  const named = (environment.GYRUS_ENGINES ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...named, process.cwd(), engineStorage(environment)];
}
