/** Ids, labels, names and messages come from files of others, and may hold characters that are obeyed where they should be shown. */

/**
 * Controls of a terminal (colours, links, the clipboard, the beginning of the line), what turns the direction of a text so that it
 * reads otherwise than it is, and the line ends that only some programs know.
 */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/**
 * `text` with such characters as their escapes, `\u001b`: what JSON may write for them, so that a line of JSON stays what it is. Tabs
 * and line feeds stay.
 */
export function visible(text: string): string {
  return text.replace(OBEYED, (character) =>
    character === "\n" || character === "\t"
      ? character
      : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
