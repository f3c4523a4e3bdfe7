/** Where engines are looked for that are no part of Gyrus, and where they are installed. */
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * The folders of the variable GYRUS_ENGINES (written as PATH is), the folder in which the command was given, and the one that
 * `gyrus engines install` fills. What stands there is run.
 */
export function engineFolders(environment: NodeJS.ProcessEnv = process.env): string[] {
  const named = (environment.GYRUS_ENGINES ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...named, process.cwd(), engineStorage(environment)];
}

/** The folder of the user's own that engines are installed into. */
export function engineStorage(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  switch (platform) {
    case "win32":
      return join(environment.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "Gyrus", "engines");
    case "darwin":
      return join(homedir(), "Library", "Application Support", "Gyrus", "engines");
    default:
      return join(environment.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "gyrus", "engines");
  }
}
