import { l10n } from "vscode";
import { sharedStrings } from "../../../webview/shared/strings";

type StringTable = Readonly<Record<string, string>>;

/** What the language of the editor says for each English text of a view. */
export function translations(table: StringTable): Readonly<Record<string, string>> {
  const english = [...Object.values(sharedStrings), ...Object.values(table)];
  return Object.fromEntries(english.map((text) => [text, l10n.t(text)]));
}
