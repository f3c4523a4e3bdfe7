/**
 * Tries a graphics card in a process of its own: a driver that crashes or hangs takes that process along, and its memory on the
 * card is free again.
 */
import { z } from "zod";
import { type Sentence, sentence } from "../../../network/sentence";
import { askProgram, type NoAnswer, sentenceSchema } from "../../askedProgram";
import type { CardWish } from "./cards";

const cardSchema = z.object({ name: z.string(), software: z.boolean() });
const limitSchema = z.number().int().nonnegative();

const resultSchema = z.union([
  z.object({
    /** All that this process can see, fastest first. */
    cards: z.array(cardSchema),
    /** The one that was opened and computes rightly. */
    opened: cardSchema.extend({
      vendor: z.string(),
      /** Bytes of the largest buffer, and of the largest that a kernel sees. */
      maxBufferSize: limitSchema,
      maxStorageBufferBindingSize: limitSchema,
    }),
  }),
  z.object({ cards: z.array(cardSchema), problem: sentenceSchema }),
]);
export type CardProbe = z.infer<typeof resultSchema>;
export type ProbedCard = Extract<CardProbe, { readonly opened: unknown }>["opened"];

/** A driver that was just installed builds its cache first. */
const LONGEST_START = 120_000;

/** @param environment of the process, for tests; default: this one's */
export async function probeCard(wish: CardWish, environment?: NodeJS.ProcessEnv): Promise<CardProbe> {
  const reply = await askProgram({
    program: "probeCard",
    words: [JSON.stringify(wish)],
    answer: resultSchema,
    patience: LONGEST_START,
    environment,
  });
  return "answer" in reply ? reply.answer : { cards: [], problem: explainEnd(reply.noAnswer) };
}

/** What is said of a card whose driver took the process along. */
export function explainEnd({ killed, signal, code }: NoAnswer): Sentence {
  const remedy = sentence`Install the newest driver of the card, or use the engine onnx.`;
  if (killed)
    return sentence`The graphics card did not answer within ${LONGEST_START / 60_000} {0|minute|minutes}. ${remedy}`;
  const how = signal ?? code;
  return how === null
    ? sentence`The driver of the graphics card ended the process that asked it. ${remedy}`
    : sentence`The driver of the graphics card ended the process that asked it (${String(how)}). ${remedy}`;
}
