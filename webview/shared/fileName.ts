/** A file name out of any text: what file systems refuse becomes a dash. */
export function fileName(...parts: readonly string[]): string {
  return parts
    .join("-")
    .replace(/[^\p{L}\p{N}._-]+/gu, "-")
    .replace(/^[-.]+|-+$/g, "");
}
