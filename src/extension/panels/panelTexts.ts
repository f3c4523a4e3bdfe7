import { l10n } from "vscode";
import { sharedStrings } from "../../../webview/shared/strings";
import { unbroken } from "../../experiment/problems/unbroken";

type StringTable = Readonly<Record<string, string>>;

/** What the language of the editor says for each English text of a view, which may have several tables. */
export function translations(...tables: readonly StringTable[]): Readonly<Record<string, string>> {
  const english = [sharedStrings, ...tables].flatMap((table) => Object.values(table));
  return tableOf(english.map((text) => [text, l10n.t(text)] as const));
}

/** All that the language of the editor says: for a view that builds networks, whose sentences stand in no table. */
export const allTranslations = (): Readonly<Record<string, string>> =>
  tableOf(Object.entries(l10n.bundle ?? {}));

const tableOf = (translated: readonly (readonly [string, string])[]): Readonly<Record<string, string>> =>
  Object.fromEntries(translated.map(([english, said]) => [english, unbroken(said)]));
