/** Keys that an object of a JSON text gives twice: the parser takes the last one and says nothing. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** Their paths, `optimizer_settings.momentum` for instance, each once. @param text JSON that can be parsed */
export function duplicateKeys(text: string): string[] {
  const found = new Set<string>();
  const open: { readonly keys: Set<string> | null; readonly path: string }[] = [];
  const tokens = text.match(TOKEN) ?? [];
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
