/** Every English text that the extension translates: what stands in calls of `l10n.t`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

export interface LocalisedText {
  readonly text: string;
  /** "src/extension/report.ts:31" */
  readonly place: string;
}

export interface LocalisedTexts {
  readonly texts: readonly LocalisedText[];
  /** Calls whose text is not a plain string: nobody could translate it beforehand. */
  readonly computed: readonly string[];
}

/** Texts of the TypeScript files below `folder`. */
export function localisedTexts(folder: string): LocalisedTexts {
  const texts: LocalisedText[] = [];
  const computed: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".ts")) continue;
    const file = join(folder, name);
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === "l10n.t") {
        const [first] = node.arguments;
        const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
        if (first !== undefined && ts.isStringLiteralLike(first)) texts.push({ text: first.text, place });
        else computed.push(place);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { texts, computed };
}
