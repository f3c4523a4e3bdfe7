/**
 * JSON that a person may have saved: editors of Windows begin files with a byte order mark. Throws a SyntaxError that tells the
 * line, where `JSON.parse` tells the position.
 */
export function parseJsonText(text: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch (error) {
    const told = /^(.*?)(?: in JSON)? at position (\d+)/.exec(error instanceof Error ? error.message : "");
    if (told === null) throw error;
    const before = json.slice(0, Number(told[2])).split("\n");
    throw new SyntaxError(`${told[1]} at line ${before.length}, column ${before.at(-1)!.length + 1}`);
  }
}
