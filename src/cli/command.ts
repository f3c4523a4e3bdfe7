import type { Problem } from "../experiment/problems/problem";
import type { Phrase } from "../experiment/problems/words";
import type { ReplyProblem } from "../run/commandReply";
import { EXIT, type ExitCode } from "../run/exitCodes";
import type { Argument, ArgumentValues, Options, OptionValues } from "./commandLine/options";
import { parseWords } from "./commandLine/parseWords";
import type { Say } from "./terminal/words";

/** Where a command line writes, so that it can be tested without a process. */
export interface Terminal {
  /** stdout: results. */
  print(text: string): void;
  /** stderr: messages and progress. */
  say(text: string): void;
  /** Columns of stderr when it is a terminal, null for a file or a pipe. */
  readonly columns: number | null;
  /** Draws `text` over the line that is being drawn; "" takes it away. Does nothing where `columns` is null. */
  draw(text: string): void;
}

/** A terminal that knows the language of its reader. */
export interface SpeakingTerminal extends Terminal {
  /** Words of the trainer in that language. */
  readonly text: Say;
  /** What was made elsewhere, in that language. */
  words(phrase: Phrase): string;
}

/** What a command has. */
export interface CommandTerminal extends SpeakingTerminal {
  /** Says what a training or a prediction tells while it works. */
  tell(notice: Phrase): void;
  /** Says a problem that does not stop the command; with `--json` it stands in the result too. */
  warn(problem: Problem): void;
  /** A problem as programs read it, in the language of the reader. */
  reply(problem: Problem): ReplyProblem;
}

/** What came of a command. */
export interface CommandOutcome {
  /** Printed with `--json`: epochs from 1, absolute paths, dates as ISO writes them. */
  readonly result: object;
  /** Shows the result to people, without `--json`. */
  readonly show?: () => void;
  /** `done` where it is absent. */
  readonly exit?: ExitCode;
  /** Why it did not do all that was asked, where it did not. */
  readonly problems?: readonly Problem[];
}

interface CommandTables<Arguments extends readonly Argument[], Known extends Options> {
  /** One word, or two where commands belong together: `tsv split`. */
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  readonly arguments: Arguments;
  readonly options: Known;
  /** What else help and docs say, a line each. */
  readonly remarks?: readonly string[];
  /** Command lines, without `gyrus`. */
  readonly examples: readonly string[];
}

interface CommandDefinition<Arguments extends readonly Argument[], Known extends Options>
  extends CommandTables<Arguments, Known> {
  /** @param words the words after the command's name, as they were given */
  run(
    given: ArgumentValues<Arguments>,
    options: OptionValues<Known>,
    terminal: CommandTerminal,
    words: readonly string[],
  ): CommandOutcome | Promise<CommandOutcome>;
}

/** A terminal command of `gyrus`: results go to stdout, everything for people to stderr. */
export interface Command extends CommandTables<readonly Argument[], Options> {
  /** Runs with the words after the command's name. Throws a UsageError for words that it cannot take. */
  execute(words: readonly string[], terminal: CommandTerminal): Promise<CommandOutcome>;
}

/** A command whose words are parsed by its own tables. */
export function defineCommand<const Arguments extends readonly Argument[], const Known extends Options>({
  run,
  ...tables
}: CommandDefinition<Arguments, Known>): Command {
  return {
    ...tables,
    async execute(words, terminal) {
      const { given, options } = parseWords(words, tables);
      return await run(given, options, terminal, words);
    },
  };
}

/** How a command ended. */
export const exitOf = ({ exit, problems = [] }: CommandOutcome): ExitCode =>
  exit ?? (problems.length > 0 ? EXIT.failed : EXIT.done);
