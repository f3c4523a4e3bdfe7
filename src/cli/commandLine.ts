import { describeProblem, InputError } from "../experiment/problem";
import { type Command, EXIT, type ExitCode, type Terminal, UsageError } from "./command";
import { demo } from "./commands/demo";
import { describe } from "./commands/describe";
import { engines } from "./commands/engines";
import { interpret } from "./commands/interpret";
import { predict } from "./commands/predict";
import { resume } from "./commands/resume";
import { train } from "./commands/train";
import { GYRUS_VERSION } from "./version";

const COMMANDS: readonly Command[] = [train, resume, predict, interpret, describe, engines, demo];

/** Runs one command line. A failure is one line that says what is wrong and what to do; `--verbose` adds the stack. */
export async function runCommandLine(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const verbose = words.includes("--verbose");
  const [name, ...rest] = words.filter((word) => word !== "--verbose");
  if (name === "--version" || name === "-v") {
    terminal.print(GYRUS_VERSION);
    return EXIT.done;
  }
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    const command = COMMANDS.find((candidate) => candidate.name === rest[0]);
    terminal.print(command === undefined ? overview() : helpOf(command));
    return EXIT.done;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (command === undefined) {
    terminal.say(`gyrus: there is no command "${name}".\n\n${overview()}`);
    return EXIT.badInput;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.print(helpOf(command));
    return EXIT.done;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    terminal.say(explain(error, command, verbose));
    return error instanceof InputError || error instanceof UsageError ? EXIT.badInput : EXIT.failed;
  }
}

function explain(error: unknown, command: Command, verbose: boolean): string {
  if (error instanceof UsageError)
    return `gyrus ${command.name}: ${error.message}\nUsage: gyrus ${command.usage}`;
  if (error instanceof InputError && error.problems.length > 1) return listProblems(error, command);
  if (!(error instanceof Error)) return `gyrus ${command.name}: ${String(error)}`;
  const trace = verbose && error.stack !== undefined ? `\n${error.stack}` : "";
  return `gyrus ${command.name}: ${error.message}${trace}`;
}

function listProblems({ problems }: InputError, command: Command): string {
  const lines = problems.map((problem) => `  ${problem.severity}: ${describeProblem(problem)}`);
  return [
    `gyrus ${command.name}: nothing was started, because of ${problems.length} problems:`,
    ...lines,
  ].join("\n");
}

function overview(): string {
  const width = Math.max(...COMMANDS.map((command) => command.name.length));
  return [
    "Usage: gyrus COMMAND ...",
    "",
    ...COMMANDS.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`),
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
