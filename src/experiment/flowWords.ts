/** Who is in a set and who was left out, in words. */
import type { LeftOut } from "./dataFlow";
import { phrase } from "./problems/phrases";
import type { Phrase } from "./problems/words";

/** Why rows were left out, how many they are, and a few of them. */
export function leftOutPhrase({ reason, people, sessions, examples }: LeftOut): Phrase {
  const some = examples.length < sessions ? [...examples, "..."] : examples;
  return phrase("left-out", { reason: phrase(`left-out-${reason}`), people, sessions, examples: some });
}
