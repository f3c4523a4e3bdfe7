import type { Sentence } from "../../network/sentence";
import type { Phrase } from "./words";

/** A marked sentence, as words inside a problem. */
export function phraseOf({ template, values }: Sentence): Phrase {
  const named = values.map((value, place) => [place, typeof value === "object" ? phraseOf(value) : value]);
  return { template, values: Object.fromEntries(named) };
}
