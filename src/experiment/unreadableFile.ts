/** Files whose content is not here: pointers of Git LFS and git-annex (DataLad), links to nowhere, files of no byte. */

import { lstatSync, readlinkSync } from "node:fs";
import { codeOf } from "../messages/codeOf";
import { reasonOf } from "../messages/reasonOf";
import { problem, refuse } from "./problems/makeProblem";
import type { InputError, Problem } from "./problems/problem";

const LFS = "version https://git-lfs.github.com/spec/";
/** `/annex/objects/MD5E-s123--...` is all that the pointer of an unlocked file holds. */
const ANNEX = /^[/\\]annex[/\\]objects[/\\]/;
/** A locked file is a link to such a path. */
const ANNEX_LINK = /[/\\]annex[/\\]objects[/\\]/;
/** Bytes: no pointer is longer. */
export const LONGEST_POINTER = 1024;

/** Why the beginning of a file is not its content; undefined where it may be. */
export function contentElsewhere(file: string, beginning: Uint8Array): Problem | undefined {
  if (beginning.byteLength === 0) return problem("file.empty", { file });
  const text = Buffer.from(beginning.subarray(0, LONGEST_POINTER)).toString("latin1");
  if (text.startsWith(LFS)) return problem("file.lfs-pointer", { file });
  return ANNEX.test(text) ? problem("file.annex-pointer", { file }, { path: file }) : undefined;
}

/** What is wrong with a file that could not be opened or read. `error` is that of the system. */
export function unreadable(file: string, error: unknown): InputError {
  switch (codeOf(error)) {
    case "ENOENT":
      return absent(file);
    case "ENOTDIR":
      return refuse("file.no-folder", { file }, { file });
    case "EISDIR":
      return refuse("file.is-folder", { file });
    case "EACCES":
    case "EPERM":
      return refuse("file.may-not-read", { file });
    case "ELOOP":
      return refuse("file.link-circle", { file });
    default: {
      const reason = reasonOf(error);
      return refuse("file.unreadable", { file }, { reason });
    }
  }
}

function absent(file: string): InputError {
  const target = linkTarget(file);
  if (target === undefined) return refuse("file.missing", { file });
  return ANNEX_LINK.test(target)
    ? refuse("file.annex-pointer", { file }, { path: file })
    : refuse("file.dead-link", { file }, { target });
}

/** Undefined where there is no link. */
function linkTarget(file: string): string | undefined {
  try {
    return lstatSync(file).isSymbolicLink() ? readlinkSync(file) : undefined;
  } catch {
    return undefined;
  }
}
