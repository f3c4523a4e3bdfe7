import { describeProblem, InputError } from "../experiment/problem";
import { failureText } from "../files/fileTrouble";
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from "./command";
import { demo } from "./commands/demo";
import { describe } from "./commands/describe";
import { engines } from "./commands/engines";
import { interpret } from "./commands/interpret";
import { predict } from "./commands/predict";
import { resume } from "./commands/resume";
import { train } from "./commands/train";
import { tsvAnalysis } from "./commands/tsv/analysis";
import { tsvGetLabels } from "./commands/tsv/getLabels";
import { tsvKfold } from "./commands/tsv/kfold";
import { tsvSplit } from "./commands/tsv/split";
import { GYRUS_VERSION } from "./version";

const COMMANDS: readonly Command[] = [
  train,
  resume,
  predict,
  interpret,
  tsvGetLabels,
  tsvSplit,
  tsvKfold,
  tsvAnalysis,
  describe,
  engines,
  demo,
];

/** Runs one command line. A failure is one line that says what is wrong and what to do; `--verbose` adds the stack. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const verbose = words.includes("--verbose");
  const given = words.filter((word) => word !== "--verbose");
  const [name, ...topic] = given;
  if (name === "--version" || name === "-v") {
    terminal.print(GYRUS_VERSION);
    return EXIT.done;
  }
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const command = commandOf(topic);
    terminal.print(command === undefined ? overview(family(topic[0])) : helpOf(command));
    return EXIT.done;
  }
  const command = commandOf(given);
  const wantsHelp = topic.includes("--help") || topic.includes("-h");
  if (command === undefined) {
    const relatives = family(name);
    if (wantsHelp && relatives.length < COMMANDS.length) {
      terminal.print(overview(relatives));
      return EXIT.done;
    }
    const asked = relatives.length < COMMANDS.length ? given.slice(0, 2).join(" ") : name;
    terminal.say(`gyrus: there is no command "${asked}".\n\n${overview(relatives)}`);
    return EXIT.badInput;
  }
  if (wantsHelp) {
    terminal.print(helpOf(command));
    return EXIT.done;
  }
  const rest = given.slice(command.name.split(" ").length);
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    terminal.say(explain(error, command, { verbose, shorten: terminal.columns !== null && !verbose }));
    return error instanceof InputError || error instanceof UsageError ? EXIT.badInput : EXIT.failed;
  }
}

/** The command that the first words name; the names of some are two words. */
function commandOf(words: readonly string[]): Command | undefined {
  return COMMANDS.find(({ name }) => name.split(" ").every((part, place) => part === words[place]));
}

/** The commands whose names begin with this word, or all where none does. */
function family(word: string | undefined): readonly Command[] {
  const relatives = COMMANDS.filter(({ name }) => word !== undefined && name.startsWith(`${word} `));
  return relatives.length === 0 ? COMMANDS : relatives;
}

interface Telling {
  readonly verbose: boolean;
  /** Somebody reads it on a screen, which the problems of a thousand images would leave behind. */
  readonly shorten: boolean;
}

function explain(error: unknown, command: Command, { verbose, shorten }: Telling): string {
  if (error instanceof UsageError)
    return `gyrus ${command.name}: ${error.message}\nUsage: gyrus ${command.usage}`;
  if (error instanceof InputError && error.problems.length > 1) return listProblems(error, command, shorten);
  const trace = verbose && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : "";
  return `gyrus ${command.name}: ${failureText(error)}${trace}`;
}

/** So many problems of one remedy are shown on a screen. */
const MANY = 10;

function listProblems({ problems }: InputError, command: Command, shorten: boolean): string {
  const told = new Map<string, number>();
  const shown = problems.filter(({ remedy }) => {
    const count = (told.get(remedy) ?? 0) + 1;
    told.set(remedy, count);
    return !shorten || count <= MANY;
  });
  const hidden = problems.length - shown.length;
  return [
    `gyrus ${command.name}: nothing was started, because of ${problems.length} problems:`,
    ...shown.map((problem) => `  ${problem.severity}: ${describeProblem(problem)}`),
    ...(hidden === 0 ? [] : [`  and ${hidden} more of these kinds: --verbose lists them all.`]),
  ].join("\n");
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return [
    "Usage: gyrus COMMAND ...",
    "",
    ...commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
    "",
    "`gyrus help COMMAND` says more. `--json` prints machine-readable output, `--verbose` adds stack traces to errors.",
  ].join("\n");
}

function helpOf(command: Command): string {
  return [
    `Usage: gyrus ${command.usage}`,
    "",
    command.summary,
    "",
    ...command.help.map((line) => `  ${line}`),
  ].join("\n");
}
