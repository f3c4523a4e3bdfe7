/**
 * Texts of the webviews. Each panel has one English table (`strings.ts`); the editor sends what its language says for each
 * English sentence, and what it does not know stays English.
 */
import { sentenceText } from "../../src/network/sentence";

export type StringTable = Readonly<Record<string, string>>;

/** English sentence -> sentence in the language of the editor. */
export type Translations = Readonly<Record<string, string>>;

let translations: Translations = {};

/** Called once, with the first message of the editor, before anything is drawn. */
export function useTranslations(received: Translations): void {
  translations = received;
}

/** What the language of the editor says for `english`, the places of its values left as they are. */
export const inReadersLanguage = (english: string): string => translations[english] ?? english;

/** The texts of one table: `text("epochOf", 3, 20)`, with the forms of their words that go with numbers. */
export function textOf<Table extends StringTable>(table: Table) {
  return (key: keyof Table & string, ...args: (string | number)[]): string =>
    sentenceText({ template: table[key] ?? key, values: args }, inReadersLanguage);
}
