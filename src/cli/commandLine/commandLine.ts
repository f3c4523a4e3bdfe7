import { describeProblemIn, InputError, type Problem } from "../../experiment/problems/problem";
import { fillWords, inEnglish, type Phrase, type Translate } from "../../experiment/problems/words";
import { EXIT, type ExitCode } from "../../run/exitCodes";
import { type Command, type CommandOutcome, type CommandTerminal, exitOf, type Terminal } from "../command";
import { COMMANDS, commandOf, family } from "../commandTable";
import { exitCodeOfFailure, problemsOf } from "../terminal/failures";
import { asReplyProblem, replyLine } from "../terminal/printReply";
import { sayIn } from "../terminal/words";
import { GYRUS_VERSION } from "../version";
import { helpOf, overview, usageOf } from "./help";
import { misuse, UsageError } from "./usageError";

/**
 * Runs one command line. A failure is one line that says what is wrong and what to do; `--verbose` adds the stack. With `--json`
 * exactly one object goes to stdout, whatever happens.
 */
export async function runCommandLine(
  words: readonly string[],
  terminal: Terminal,
  translate: Translate = inEnglish,
): Promise<ExitCode> {
  const end = words.indexOf("--");
  const flags = end === -1 ? words : words.slice(0, end);
  const has = (flag: string) => flags.includes(flag);
  const [json, verbose] = [has("--json"), has("--verbose")];
  const line: CommandLine = { terminal, json, verbose, translate };
  const given = words.filter(
    (word, place) => place >= flags.length || (word !== "--json" && word !== "--verbose"),
  );
  const [name, ...topic] = given;
  if (name === "--version" || name === "-v") return tell(line, { version: GYRUS_VERSION }, GYRUS_VERSION);
  const wantsHelp = has("--help") || has("-h") || name === undefined || name === "help";
  const asked = name === "help" ? topic : given;
  const command = commandOf(asked);
  if (command === undefined) {
    const [first] = asked;
    const relatives = family(first);
    if (wantsHelp && (first === undefined || first.startsWith("-") || relatives.length < COMMANDS.length)) {
      return tellHelp(line, relatives, overview(relatives, translate));
    }
    return fail(line, { usage: overview(relatives, translate) }, noCommand(asked, relatives));
  }
  if (wantsHelp) return tellHelp(line, [command], helpOf(command, translate));
  return await execute(line, command, given.slice(command.name.split(" ").length));
}

interface CommandLine {
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly verbose: boolean;
  /** The language of the reader. */
  readonly translate: Translate;
}

function tell({ terminal, json }: CommandLine, result: object, text: string): ExitCode {
  terminal.print(json ? replyLine({ ok: true, result }) : text);
  return EXIT.done;
}

function tellHelp(line: CommandLine, commands: readonly Command[], text: string): ExitCode {
  const told = commands.map(({ execute: _, ...tables }) => tables);
  return tell(line, { commands: told }, text);
}

function noCommand(asked: readonly string[], relatives: readonly Command[]): UsageError {
  const words = relatives.length < COMMANDS.length ? asked.slice(0, 2) : asked.slice(0, 1);
  return misuse("usage.no-command", { command: words.join(" ") });
}

async function execute(line: CommandLine, command: Command, words: readonly string[]): Promise<ExitCode> {
  const warnings: Problem[] = [];
  try {
    const outcome = await command.execute(words, withWarnings(line, warnings));
    return conclude(line, command, outcome, warnings);
  } catch (error) {
    const usage = sayIn(line.translate)("usage", { words: usageOf(command) });
    return fail(line, { name: command.name, usage }, error);
  }
}

function withWarnings({ terminal, translate }: CommandLine, warnings: Problem[]): CommandTerminal {
  const words = ({ template, values }: Phrase) => fillWords(template, values, translate);
  return {
    print: (text) => terminal.print(text),
    say: (text) => terminal.say(text),
    draw: (text) => terminal.draw(text),
    get columns() {
      return terminal.columns;
    },
    text: sayIn(translate),
    words,
    tell: (notice) => terminal.say(words(notice)),
    reply: (problem) => asReplyProblem(problem, translate),
    warn(problem) {
      warnings.push(problem);
      terminal.say(toldWith(translate, problem));
    },
  };
}

function conclude(
  { terminal, json, translate }: CommandLine,
  command: Command,
  outcome: CommandOutcome,
  warnings: readonly Problem[],
): ExitCode {
  const { result, show, problems = [] } = outcome;
  if (!json) {
    show?.();
    for (const problem of problems) {
      terminal.say(`gyrus ${command.name}: ${describeProblemIn(translate, problem)}`);
    }
  } else if (problems.length > 0) {
    terminal.print(replyLine({ ok: false, problems: problems.map((one) => asReplyProblem(one, translate)) }));
  } else {
    const warned = { ...result, warnings: warnings.map((one) => asReplyProblem(one, translate)) };
    terminal.print(replyLine({ ok: true, result: warned }));
  }
  return exitOf(outcome);
}

/** @param about the command that failed, where one was begun, and how it or others are used */
function fail(
  line: CommandLine,
  { name, usage }: { readonly name?: string; readonly usage: string },
  error: unknown,
): ExitCode {
  const { terminal, json, verbose, translate } = line;
  const problems = problemsOf(error);
  const program = name === undefined ? "gyrus" : `gyrus ${name}`;
  const trace = verbose && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : "";
  if (error instanceof UsageError) {
    const said = describeProblemIn(translate, error.problem);
    terminal.say(`${program}: ${said}${json ? "" : `\n${usage}`}`);
  } else if (error instanceof InputError && problems.length > 1) {
    terminal.say(listProblems(line, problems, program));
  } else {
    terminal.say(
      `${program}: ${problems.map((one) => describeProblemIn(translate, one)).join("\n")}${trace}`,
    );
  }
  if (json)
    terminal.print(replyLine({ ok: false, problems: problems.map((one) => asReplyProblem(one, translate)) }));
  return exitCodeOfFailure(error);
}

/** So many problems of one kind are shown on a screen. */
const MANY = 10;

/** A screen would leave behind the problems of a thousand images: it gets some of each kind. */
function listProblems(
  { terminal, verbose, translate }: CommandLine,
  problems: readonly Problem[],
  program: string,
): string {
  const shorten = terminal.columns !== null && !verbose;
  const told = new Map<string, number>();
  const shown = problems.filter(({ code }) => {
    const count = (told.get(code) ?? 0) + 1;
    told.set(code, count);
    return !shorten || count <= MANY;
  });
  const hidden = problems.length - shown.length;
  const say = sayIn(translate);
  // What was warned of besides stands in the list, but stopped nothing.
  const count = problems.filter(({ severity }) => severity === "error").length;
  return [
    `${program}: ${say("nothing-started", { count })}`,
    ...shown.map((one) => `  ${toldWith(translate, one)}`),
    ...(hidden === 0 ? [] : [`  ${say("more-problems", { count: hidden })}`]),
  ].join("\n");
}

/** A problem in one line, with how grave it is. */
const toldWith = (translate: Translate, problem: Problem): string =>
  sayIn(translate)(problem.severity, { problem: describeProblemIn(translate, problem) });
