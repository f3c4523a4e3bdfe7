/** Code of an error of the system, of zlib or of Node (`ENOENT`, `Z_BUF_ERROR`); undefined for what else was thrown. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
