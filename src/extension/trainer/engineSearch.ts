/** Where the trainer looks for engines that are no part of Gyrus. */
import { delimiter, join } from "node:path";
import { engineStorage } from "../../files/engineStorage";

export interface EngineSearch {
  /** By the setting `gyrus.engineFolders`. */
  readonly chosen: readonly string[];
  /** Value of GYRUS_ENGINES in the environment of VS Code. */
  readonly named: string | undefined;
  /** Of the extension: where the first version installed engines. */
  readonly storage: string;
  /** Trusted ones: what is found there is run. */
  readonly workspaceFolders: readonly string[];
}

/** Value of the variable GYRUS_ENGINES for a trainer: the folders in the order in which they are looked into. */
export function engineSearchPath({ chosen, named, storage, workspaceFolders }: EngineSearch): string {
  const inherited = (named ?? "").split(delimiter);
  const folders = [...chosen, ...inherited, engineStorage(), join(storage, "engines"), ...workspaceFolders];
  return [...new Set(folders)].filter((folder) => folder.trim() !== "").join(delimiter);
}
