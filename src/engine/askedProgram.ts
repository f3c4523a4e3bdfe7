/**
 * Asks a program of ours that runs in a process of its own: a native library that does not fit the machine may end the process
 * that loads it, or never answer.
 */
import { type ExecFileException, execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { type Sentence, sentence } from "../network/sentence";
import { EngineError } from "./engine";

export const sentenceSchema: z.ZodType<Sentence> = z.object({
  template: z.string(),
  values: z.array(z.union([z.string(), z.number(), z.lazy(() => sentenceSchema)])),
});

export interface Question<Answer> {
  /** Its bundle in dist/: "probeTensorFlow". */
  readonly program: string;
  readonly words: readonly string[];
  /** Of what it writes in its last line, in JSON. */
  readonly answer: z.ZodType<Answer>;
  /** Milliseconds that it may take. */
  readonly patience: number;
  /** Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** How a program ended that did not answer: "killed" after `patience`. */
export interface NoAnswer {
  readonly killed: boolean;
  readonly signal: NodeJS.Signals | null;
  /** Its exit code, or why it could not be started; null where it ended well and said nothing. */
  readonly code: string | number | null;
}

/** What it answers, or how it ended without an answer. @throws EngineError where the program is not there */
export async function askProgram<Answer>({
  program,
  words,
  answer,
  patience,
  environment = process.env,
}: Question<Answer>): Promise<{ readonly answer: Answer } | { readonly noAnswer: NoAnswer }> {
  const options = { timeout: patience, windowsHide: true, env: environment };
  const { output, error } = await new Promise<{ output: string; error: ExecFileException | null }>(
    (resolve) => {
      execFile(process.execPath, [programFile(program), ...words], options, (error, output) =>
        resolve({ output, error }),
      );
    },
  );
  const said = answer.safeParse(parseJson(output.trim().split("\n").at(-1) ?? ""));
  if (said.success) return { answer: said.data };
  return {
    noAnswer: { killed: error?.killed === true, signal: error?.signal ?? null, code: error?.code ?? null },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** In the bundle all stand in dist/; from the sources (tests), dist/ is two folders up. */
function programFile(program: string): string {
  const fromSources = import.meta.url.endsWith(".ts");
  const place = `${fromSources ? "../../dist" : "."}/${program}.js`;
  const file = fileURLToPath(new URL(place, import.meta.url));
  if (existsSync(file)) return file;
  throw new EngineError(sentence`${file} is missing. Run npm run build, or install Gyrus again.`);
}
