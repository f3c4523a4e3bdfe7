/** Sentences of rooms that have no table of them: what is marked by `sentence` in their sources. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** No value in it holds a back quote or a brace: of one that did, the rest of the code would be taken for its words. */
const marked = /\bsentence`((?:[^`\\]|\\.)*)`/g;

/** English, with the places of its values, of the TypeScript files below `folder`. */
export function markedSentences(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) => [...withoutComments(readFileSync(join(folder, name), "utf8")).matchAll(marked)])
    .map(([, text = ""]) => templateOf(text));
}

const withoutComments = (source: string) => source.replace(/\/\*\*.*?\*\//gs, "");

function templateOf(text: string): string {
  let place = 0;
  return text.replace(/\$\{[^}]*\}/g, () => `{${place++}}`).replaceAll("\\`", "`");
}
