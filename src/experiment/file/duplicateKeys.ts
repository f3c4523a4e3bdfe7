/** Keys that an object of a JSON text gives twice: the parser takes the last one and says nothing. */

/** Their paths, `optimizer_settings.momentum` for instance, each once. @param text JSON that can be parsed */
export function duplicateKeys(text: string): string[] {
  const found = new Set<string>();
  const open: { readonly keys: Set<string> | null; readonly path: string }[] = [];
  const tokens = tokensOf(text);
  let path = "";
  tokens.forEach((token, i) => {
    if (token === "{" || token === "[") {
      open.push({ keys: token === "{" ? new Set() : null, path });
      return;
    }
    if (token === "}" || token === "]") open.pop();
    const inside = open.at(-1);
    if (inside?.keys == null || tokens[i + 1] !== ":") return;
    const key = String(JSON.parse(token));
    path = inside.path === "" ? key : `${inside.path}.${key}`;
    if (inside.keys.has(key)) found.add(path);
    inside.keys.add(key);
  });
  return [...found];
}

/** Its strings, with their quotation marks, and its punctuation. Letter by letter: a regular expression fails at strings of megabytes. */
function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; at++) {
    const start = at;
    if (text[at] === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
      tokens.push(text.slice(start, at + 1));
    } else if ("{}[]:,".includes(text[at] ?? " ")) tokens.push(text[at] ?? "");
  }
  return tokens;
}
