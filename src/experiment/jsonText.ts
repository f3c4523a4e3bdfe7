/** JSON that a person may have saved: editors of Windows begin files with a byte order mark. Throws a SyntaxError. */
export function parseJsonText(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ""));
}
