/** Files whose content is not here: pointers of Git LFS and git-annex (DataLad), links to nowhere, files of no byte. */

import { readlink } from "node:fs/promises";
import { FileRefusal } from "../files/reader";
import { codeOf } from "../messages/codeOf";
import { reasonOf } from "../messages/reasonOf";
import { problem, refuse } from "./problems/makeProblem";
import { phrase } from "./problems/phrases";
import { InputError, type Problem } from "./problems/problem";

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
export async function unreadable(file: string, error: unknown): Promise<InputError> {
  if (error instanceof FileRefusal) return new InputError([refusedFile(error, file)]);
  switch (codeOf(error)) {
    case "ENOENT":
      return await absent(file);
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

/** Why a file was not opened that the system would have opened. */
export function refusedFile({ path, refusal }: FileRefusal, file = path): Problem {
  switch (refusal.why) {
    case "not-regular":
      return problem("file.not-regular", { file }, { what: phrase(`a-${refusal.what}`) });
    case "too-large":
      return problem("file.too-large", { file }, { most: refusal.most / 1_000_000 });
    case "outside":
      return problem("file.outside-workspace", { file });
    case "share":
      return problem("file.on-a-share", { file });
  }
}

async function absent(file: string): Promise<InputError> {
  const target = await readlink(file).catch(() => undefined);
  if (target === undefined) return refuse("file.missing", { file });
  return ANNEX_LINK.test(target)
    ? refuse("file.annex-pointer", { file }, { path: file })
    : refuse("file.dead-link", { file }, { target });
}
