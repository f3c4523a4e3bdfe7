/**
 * Tries a TensorFlow in a process of its own. A native library that does not fit the machine may end the process that loads
 * it; two of them in one process get in each other's way; and what has been loaded keeps its part of the GPU.
 */
import { type ExecFileException, execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Sentence, sentence } from "../../../network/sentence";
import { EngineError } from "../../engine";

const sentenceSchema: z.ZodType<Sentence> = z.object({
  template: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => sentenceSchema)])),
});

const resultSchema = z.union([z.object({ usesGpu: z.boolean() }), z.object({ problem: sentenceSchema })]);
export type ProbeResult = z.infer<typeof resultSchema>;

/** CUDA compiles its kernels when a card newer than itself is met first, which takes minutes. */
const LONGEST_START = 300_000;

/** What comes of loading the package in `folder`. */
export async function probeTensorFlow(folder: string): Promise<ProbeResult> {
  const { output, failure } = await run(process.execPath, [probeFile(), folder]);
  const line = output.trim().split("\n").at(-1) ?? "";
  const result = resultSchema.safeParse(parseJson(line));
  if (result.success) return result.data;
  const why = failure ?? sentence`it ended without a word.`;
  return {
    problem: sentence`TensorFlow in ${folder} cannot be used: ${why}`,
  };
}

interface RunResult {
  readonly output: string;
  readonly failure: Sentence | null;
}

function run(command: string, words: readonly string[]): Promise<RunResult> {
  return new Promise((resolve) => {
    execFile(command, words, { timeout: LONGEST_START, windowsHide: true }, (error, output) => {
      resolve({ output, failure: error === null ? null : explainEnd(error) });
    });
  });
}

function explainEnd({ killed, signal, code }: ExecFileException): Sentence {
  if (killed === true)
    return sentence`it did not answer within ${LONGEST_START / 60_000} {0|minute|minutes}.`;
  if (signal === "SIGILL") {
    return sentence`it uses instructions that this processor does not have (AVX). Use the engine onnx on this machine.`;
  }
  const how = signal ?? String(code);
  return sentence`it ended the process that loaded it (${how}). Use the engine onnx on this machine.`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In the bundle both stand in dist/; from the sources (tests), dist/ is four folders up. */
function probeFile(): string {
  const fromSources = import.meta.url.endsWith(".ts");
  const place = fromSources ? "../../../../dist/probeTensorFlow.js" : "./probeTensorFlow.js";
  const file = fileURLToPath(new URL(place, import.meta.url));
  if (existsSync(file)) return file;
  throw new EngineError(sentence`${file} is missing. Run npm run build, or install Gyrus again.`);
}
