/** What a file system refused, in words: it says `ENOSPC: no space left on device, write`. */

/** What is wrong and what to do; null for what the file system does not say. */
export function fileTrouble(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  const path = "path" in error && typeof error.path === "string" ? error.path : null;
  const it = path ?? "A file";
  switch (error.code) {
    case "ENOSPC":
      return `The disk is full${path === null ? "" : `: ${path} could not be written`}. Make room, then go on.`;
    case "EDQUOT":
      return `Your quota of this disk is used up${path === null ? "" : `: ${path} could not be written`}. Make room, then go on.`;
    case "EACCES":
    case "EPERM":
      return `${it} is refused: there is no permission for it. Change its permissions or those of its folder, or choose another.`;
    case "EROFS":
      return `${it} stands on a disk that cannot be written. Choose another folder.`;
    case "ENOTDIR":
      return `${it} leads through a file, or a link to nowhere. Check the path.`;
    case "ENOENT":
      return "syscall" in error && error.syscall === "mkdir"
        ? `${it} cannot be made here. Check the path, and that the disk can be written.`
        : null;
    case "EIO":
      return `${it} could not be read or written: the disk reports an error. Check the disk.`;
    default:
      return null;
  }
}

/** The text of any failure, for people. */
export function failureText(failure: unknown): string {
  return fileTrouble(failure) ?? (failure instanceof Error ? failure.message : String(failure));
}

/** Tells a failure to write the file that it was about: the system forgets it once a file is open. */
export function nameFile(error: unknown, file: string): void {
  if (error instanceof Error && "code" in error && !("path" in error)) Object.assign(error, { path: file });
}
