import type { Terminal } from "../../src/cli/command";
import { runCommandLine } from "../../src/cli/commandLine/commandLine";
import type { ExitCode } from "../../src/run/exitCodes";

export interface CommandOutcome {
  readonly exit: ExitCode;
  /** stdout */
  readonly printed: string;
  /** stderr */
  readonly said: string;
}

/** Runs `gyrus ...words` in this process, as in a pipe, and remembers what it writes. */
export async function gyrus(...words: string[]): Promise<CommandOutcome> {
  const [printed, said]: [string[], string[]] = [[], []];
  const terminal: Terminal = {
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    columns: null,
    draw: () => {},
  };
  const exit = await runCommandLine(words, terminal);
  return { exit, printed: printed.join("\n"), said: said.join("\n") };
}

/** The result that `--json` printed; throws where the command failed. */
export function resultOf(printed: string): ReturnType<typeof JSON.parse> {
  const reply = JSON.parse(printed);
  if (reply.ok !== true) throw new Error(printed);
  return reply.result;
}
