/** Tells a failure to write the file that it was about: the system forgets it once a file is open. */
export function nameFile(error: unknown, file: string): void {
  if (error instanceof Error && "code" in error && !("path" in error)) Object.assign(error, { path: file });
}
