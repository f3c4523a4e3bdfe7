/** What a file system refused, as a problem: it says `ENOSPC: no space left on device, write`. */

import { FileRefusal } from "../../files/reader";
import { codeOf } from "../../messages/codeOf";
import { reasonOf } from "../../messages/reasonOf";
import { problem } from "../problems/makeProblem";
import { phrase } from "../problems/phrases";
import { InputError, type Problem } from "../problems/problem";
import { refusedFile } from "../unreadableFile";

/** What is wrong and what to do; null for what the file system does not say. */
export function fileProblem(error: unknown): Problem | null {
  if (error instanceof FileRefusal) return refusedFile(error);
  if (!(error instanceof Error)) return null;
  const path = "path" in error && typeof error.path === "string" ? error.path : null;
  const file = path ?? phrase("a-file");
  switch (codeOf(error)) {
    case "ENOSPC":
      return problem("file.disk-full", {}, { file: path });
    case "EDQUOT":
      return problem("file.quota", {}, { file: path });
    case "EACCES":
    case "EPERM":
      return problem("file.no-permission", {}, { file });
    case "EROFS":
      return problem("file.read-only-disk", {}, { file });
    // A name of three hundred letters, which a table or a list may hold.
    case "ENAMETOOLONG":
      return problem("file.cannot-be-made", {}, { file });
    case "ENOTDIR":
      return problem("file.no-folder", {}, { file });
    case "ENOENT":
      return "syscall" in error && error.syscall === "mkdir"
        ? problem("file.cannot-be-made", {}, { file })
        : null;
    case "EIO":
      return problem("file.disk-error", {}, { file });
    default:
      return null;
  }
}

/** Why `file` could not be read: what its reader refused, or the system. */
export function readingProblems(error: unknown, file: string): readonly Problem[] {
  if (error instanceof InputError) return error.problems;
  const reason = reasonOf(error);
  return [fileProblem(error) ?? problem("file.unreadable", { file }, { reason })];
}
