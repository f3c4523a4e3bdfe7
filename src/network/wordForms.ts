/** Places of values in a text, and words that go with a number: "{count} {count|scan stands|scans stand} under several names." */

/** The language of the texts as they are written down, for the rules of numbers: its translation names another, as BCP 47 writes it. */
export const WRITTEN_IN = "en-US";

/** `{name}`, or `{name|one|others}`: the form of a word for one, and that for any other number. */
const PLACE = /\{(\w+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g;

/** The names of the places of a text. */
export const placesIn = (text: string): readonly string[] =>
  [...text.matchAll(PLACE)].map(([, name]) => name ?? "");

/**
 * The text with its values.
 * @param textOf the value of a place by its name; undefined: the place stays
 * @param language whose rule says what counts as one (in French 0 too), as BCP 47 writes it
 */
export function fillPlaces(
  text: string,
  textOf: (name: string) => string | undefined,
  language: string,
): string {
  return text.replace(PLACE, (place, name: string, one?: string, others?: string) => {
    const value = textOf(name);
    if (value === undefined) return place;
    if (one === undefined || others === undefined) return value;
    return isOne(value, language) ? one : others;
  });
}

/** A list, or a number with its thousands set apart, is more than one. */
const isOne = (value: string, language: string) =>
  value !== "" && new Intl.PluralRules(language).select(Number(value)) === "one";
