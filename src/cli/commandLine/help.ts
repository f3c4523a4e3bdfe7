/** What `gyrus help` says, from the tables of the commands. */
import type { Command } from "../command";
import { type Argument, COMMON_OPTIONS, type Option, optionText, optionUsage } from "./options";

type Described = Omit<Command, "execute">;

/** `predict MAPS GROUP [options]` */
export function usageOf({ name, arguments: words }: Described): string {
  return [name, ...words.map(argumentUsage), "[options]"].join(" ");
}

const argumentUsage = ({ name, optional }: Argument) => (optional ? `[${name}]` : name);

/** Name and summary of each command. */
export function overview(commands: readonly Described[]): string {
  return [
    "Usage: gyrus COMMAND ...",
    "",
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    "",
    "`gyrus help COMMAND` says more; `gyrus --version` which Gyrus this is.",
  ].join("\n");
}

/** All that a command takes, with its defaults and examples. */
export function helpOf(command: Described): string {
  const { summary, arguments: words, options, remarks = [], examples } = command;
  return [
    `Usage: gyrus ${usageOf(command)}`,
    "",
    summary,
    "",
    ...columns([
      ...words.map((word): Row => [word.name, argumentText(word)]),
      ...Object.entries({ ...options, ...COMMON_OPTIONS }).map(optionRow),
    ]),
    ...(remarks.length === 0 ? [] : ["", ...remarks]),
    "",
    "For example:",
    ...examples.map((example) => `  gyrus ${example}`),
  ].join("\n");
}

export const argumentText = ({ text, choices }: Argument) =>
  choices === undefined ? text : `${text}: ${choices.join(" or ")}`;

type Row = readonly [left: string, right: string];

const optionRow = ([name, option]: [string, Option]): Row => [optionUsage(name, option), optionText(option)];

/** Wider names have a line of their own. */
const WIDEST = 32;

function columns(rows: readonly Row[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length).filter((length) => length <= WIDEST));
  return rows.flatMap(([left, right]) =>
    left.length > width
      ? [`  ${left}`, `  ${" ".repeat(width)}  ${right}`]
      : [`  ${left.padEnd(width)}  ${right}`],
  );
}
