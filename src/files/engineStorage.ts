import { homedir } from "node:os";
import { join } from "node:path";

/** The folder of the user's own that engines are installed into, from the editor as from a terminal, so that both find them. */
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
