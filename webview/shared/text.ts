/**
 * Texts of the webviews. Each panel has one English table (`strings.ts`); the editor sends what its language says for each
 * English sentence, and what it does not know stays English.
 */
export type StringTable = Readonly<Record<string, string>>;

/** English sentence -> sentence in the language of the editor. */
export type Translations = Readonly<Record<string, string>>;

let translations: Translations = {};

/** Called once, with the first message of the editor, before anything is drawn. */
export function useTranslations(received: Translations): void {
  translations = received;
}

/** Replaces `{0}`, `{1}`, ... by the arguments. */
export function fill(template: string, args: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (placeholder, index) => String(args[Number(index)] ?? placeholder));
}

/** The texts of one table: `text("epochOf", 3, 20)`. */
export function textOf<Table extends StringTable>(table: Table) {
  return (key: keyof Table & string, ...args: (string | number)[]): string => {
    const english = table[key] ?? key;
    return fill(translations[english] ?? english, args);
  };
}
