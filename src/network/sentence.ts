import { fillPlaces, WRITTEN_IN } from "./wordForms";

/**
 * What a network, or a file of weights, is refused with: words with places for their values, so that whoever shows them can
 * say them in another language. Every text marked by `sentence` has its translations beside those of the rest of the program.
 */
export interface Sentence {
  /** English, with the places of its values: "it expects {0} {0|channel|channels}." */
  readonly template: string;
  readonly values: readonly SentenceValue[];
}

export type SentenceValue = string | number | Sentence;

/** Marks the text of a sentence: sentence`it expects ${channels} {0|channel|channels}.` */
export function sentence(parts: TemplateStringsArray, ...values: SentenceValue[]): Sentence {
  return { template: parts.reduce((text, part, place) => `${text}{${place - 1}}${part}`), values };
}

/** A shape as it is written within a sentence, whose own brackets would mean that a part may fall away. */
export const bracketed = (shape: readonly number[]): string => `[${shape.join(", ")}]`;

/** One below the other. */
export const lines = (values: readonly Sentence[]): Sentence => joined(values, "\n");

/** One after the other. */
export function joined(values: readonly SentenceValue[], between: string): Sentence {
  return { template: values.map((_, place) => `{${place}}`).join(between), values };
}

/**
 * The sentence with its values; the places of those that are absent stay.
 * @param translate says a template in another language; without it the sentence is English
 */
export function sentenceText(
  { template, values }: Sentence,
  translate: (template: string) => string = (english) => english,
): string {
  const textOf = (place: string) => {
    const value = values[Number(place)];
    return typeof value === "object" ? sentenceText(value, translate) : value?.toString();
  };
  return fillPlaces(translate(template), textOf, translate(WRITTEN_IN));
}
