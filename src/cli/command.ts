/** One terminal command of `gyrus`. Machine-readable output goes to stdout, everything for people to stderr. */
export interface Command {
  /** One word, or two where commands belong together: `tsv split`. */
  readonly name: string;
  /** Positional arguments and options as the usage line shows them. */
  readonly usage: string;
  readonly summary: string;
  /** Lines of help below the usage: one option or remark each. */
  readonly help: readonly string[];
  /** Runs with the words after the command's name. Throws UsageError for words it cannot take. */
  run(words: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

export const EXIT = { done: 0, failed: 1, badInput: 2, stopped: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where a command writes, so that it can be tested without a process. */
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

/** The words of the command line make no sense: the message says which, the usage line follows. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
