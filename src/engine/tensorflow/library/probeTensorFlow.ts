/**
 * Tries a TensorFlow in a process of its own. A native library that does not fit the machine may end the process that loads
 * it; two of them in one process get in each other's way; and what has been loaded keeps its part of the GPU.
 */
import { z } from "zod";
import { type Sentence, sentence } from "../../../network/sentence";
import { askProgram, type NoAnswer, sentenceSchema } from "../../askedProgram";

const resultSchema = z.union([z.object({ usesGpu: z.boolean() }), z.object({ problem: sentenceSchema })]);
export type ProbeResult = z.infer<typeof resultSchema>;

/** CUDA compiles its kernels when a card newer than itself is met first, which takes minutes. */
const LONGEST_START = 300_000;

/** What comes of loading the package in `folder`. */
export async function probeTensorFlow(folder: string): Promise<ProbeResult> {
  const reply = await askProgram({
    program: "probeTensorFlow",
    words: [folder],
    answer: resultSchema,
    patience: LONGEST_START,
  });
  if ("answer" in reply) return reply.answer;
  return {
    problem: sentence`TensorFlow in ${folder} cannot be used: ${explainEnd(reply.noAnswer)}`,
  };
}

function explainEnd({ killed, signal, code }: NoAnswer): Sentence {
  if (killed) return sentence`it did not answer within ${LONGEST_START / 60_000} {0|minute|minutes}.`;
  if (signal === "SIGILL") {
    return sentence`it uses instructions that this processor does not have (AVX). Use the engine onnx on this machine.`;
  }
  const how = signal ?? code;
  if (how === null) return sentence`it ended without a word.`;
  return sentence`it ended the process that loaded it (${String(how)}). Use the engine onnx on this machine.`;
}
