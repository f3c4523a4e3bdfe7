/** A few names for a sentence. */
import type { Phrase } from "./words";

/** More of them would hide what the sentence says. */
export const MOST_NAMED = 5;

/** The first few, with "..." where there are more: their count stands beside them in the sentence. */
export const some = <Name extends string | Phrase>(names: readonly Name[]): readonly (Name | string)[] =>
  names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), "..."] : names;
