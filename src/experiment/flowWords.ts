/** Who is in a set and who was left out, in words. */
import { LEFT_OUT_WORDS, type LeftOut } from "../statistics/dataFlow";
import { phrase } from "./problems/phrases";
import type { Phrase } from "./problems/words";

/** Why rows were left out, how many they are, and a few of them. */
export function leftOutPhrase({ reason, people, sessions, examples }: LeftOut): Phrase {
  const some = examples.length < sessions ? [...examples, "..."] : examples;
  const why: Phrase = { template: LEFT_OUT_WORDS[reason], values: {} };
  return phrase("left-out", { reason: why, people, sessions, examples: some });
}
