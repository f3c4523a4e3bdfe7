import { fillPlaces, placesIn, WRITTEN_IN } from "../../network/wordForms";

/**
 * How the sentences of a problem are written down: with places for its values, so that they can be made in any language.
 *
 * - `{name}` is a value: a text, a number, a list (joined by commas), or a phrase of a table of its own.
 * - `{name|scan|scans}` is the form of a word that goes with a number; in a language other than English its forms are those of that language.
 * - `[, in {name}]` falls away as a whole where the value is absent or empty.
 */
export interface ProblemWords {
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The names of the values that a text has places for. */
export type NamesIn<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}`
  ? NameOf<Place> | NamesIn<Rest>
  : never;

type NameOf<Place extends string> = Place extends `${infer Name}|${string}` ? Name : Place;

/** Words that stand for a value inside a sentence, such as "a whole number": `template` is looked up in the reader's language. */
export interface Phrase {
  readonly template: string;
  readonly values: Readonly<Record<string, Value>>;
}

export type Value = string | number | Phrase | readonly (string | number | Phrase)[] | null | undefined;

/** From the English words of a table to those of the reader's language, the places of values left as they are. */
export type Translate = (template: string) => string;

/** English, as it is written down. */
export const inEnglish: Translate = (template) => template;

/** The sentence of `template` with its values. */
export function fillWords(
  template: string,
  values: Readonly<Record<string, Value>>,
  translate: Translate = inEnglish,
): string {
  const textOf = (name: string) => valueText(values[name], translate);
  const left = translate(template).replace(OPTIONAL, (_whole, part: string) =>
    placesIn(part).some((name) => textOf(name) === "") ? "" : part,
  );
  return fillPlaces(left, textOf, translate(WRITTEN_IN));
}

const OPTIONAL = /\[([^[\]]*\{\w+[^{}[\]]*\}[^[\]]*)\]/g;

function valueText(value: Value, translate: Translate): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string" || typeof value === "number") return String(value);
  return isPhrase(value)
    ? fillWords(value.template, value.values, translate)
    : value.map((one) => valueText(one, translate)).join(", ");
}

const isPhrase = (value: Phrase | readonly (string | number | Phrase)[]): value is Phrase =>
  !Array.isArray(value);
