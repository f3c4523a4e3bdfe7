/** Where a text stops being JSON: line and column from 1, or null where the parser does not tell. */
export class JsonTextError extends SyntaxError {
  override readonly name = "JsonTextError";

  constructor(readonly place: { readonly line: number; readonly column: number } | null) {
    super(
      place === null
        ? "It is not JSON."
        : `It is not JSON from line ${place.line}, column ${place.column} on.`,
    );
  }
}

/**
 * JSON that a person may have saved: editors of Windows begin files with a byte order mark.
 * @throws JsonTextError
 */
export function parseJsonText(text: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  try {
    return JSON.parse(json);
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    const [, told] = / at position (\d+)/.exec(said) ?? [];
    const position = told === undefined && said.includes("end of JSON") ? json.length : told;
    if (position === undefined) throw new JsonTextError(null);
    const before = json.slice(0, Number(position)).split("\n");
    throw new JsonTextError({ line: before.length, column: (before.at(-1) ?? "").length + 1 });
  }
}
