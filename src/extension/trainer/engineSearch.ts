/** Where the trainer looks for engines that are no part of Gyrus. */
import { delimiter, join } from "node:path";

/** The folder, in the `storage` of the extension, that engines are installed into. */
export const engineStorage = (storage: string) => join(storage, "engines");

/**
 * Value of the variable GYRUS_ENGINES: what the user has `named` in it, the folder that the extension installs into, and
 * the folders of the workspace. What is found there is run: `workspaceFolders` are trusted ones.
 */
export function engineSearchPath(
  named: string | undefined,
  storage: string,
  workspaceFolders: readonly string[],
): string {
  const folders = [...(named ?? "").split(delimiter), engineStorage(storage), ...workspaceFolders];
  return [...new Set(folders)].filter((folder) => folder !== "").join(delimiter);
}
