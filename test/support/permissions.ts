/** Permissions of files in tests: root may write everywhere, unless it is started without that right. */
import { accessSync, constants } from "node:fs";

const isRoot = process.getuid?.() === 0;
/** Of util-linux. */
const SETPRIV = "/usr/bin/setpriv";
const RIGHTS = "-dac_override,-dac_read_search";

/** Whether files can be kept from being written by a program that `obeying` starts. */
export const permissionsHold = process.platform !== "win32" && (!isRoot || mayRun(SETPRIV));

/** A program and its words, started so that files of which nobody may write are read-only to it too. */
export function obeying(program: string, words: readonly string[]): [program: string, words: string[]] {
  if (!isRoot) return [program, [...words]];
  return [SETPRIV, ["--bounding-set", RIGHTS, "--inh-caps", RIGHTS, program, ...words]];
}

function mayRun(program: string): boolean {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
