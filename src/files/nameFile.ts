import { codeOf } from "../messages/codeOf";

/**
 * Tells a failure to write the file that it was about: the system forgets it once a file is open, and names the temporary one
 * before.
 */
export function nameFile(error: unknown, file: string, temporary?: string): void {
  if (!(error instanceof Error) || codeOf(error) === undefined) return;
  if (!("path" in error) || (temporary !== undefined && error.path === temporary))
    Object.assign(error, { path: file });
}
