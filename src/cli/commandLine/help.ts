/** What `gyrus help` says, from the tables of the commands, in the language of the reader. */
import { either, inWords } from "../../experiment/problems/phrases";
import { inEnglish, type Translate } from "../../experiment/problems/words";
import type { Command } from "../command";
import { sayIn } from "../terminal/words";
import { type Argument, COMMON_OPTIONS, type Option, optionText, optionUsage } from "./options";

type Described = Omit<Command, "execute">;

/** `predict MAPS GROUP [options]` */
export function usageOf({ name, arguments: words }: Described): string {
  return [name, ...words.map(argumentUsage), "[options]"].join(" ");
}

const argumentUsage = ({ name, optional, many }: Argument) =>
  many ? `${name}...` : optional ? `[${name}]` : name;

/** Name and summary of each command. */
export function overview(commands: readonly Described[], translate: Translate): string {
  const say = sayIn(translate);
  return [
    say("usage", { words: "COMMAND ..." }),
    "",
    ...columns(commands.map(({ name, summary }) => [name, translate(summary)])),
    "",
    say("help-says-more"),
  ].join("\n");
}

/** All that a command takes, with its defaults and examples. */
export function helpOf(command: Described, translate: Translate): string {
  const { summary, arguments: words, options, remarks = [], examples } = command;
  const say = sayIn(translate);
  return [
    say("usage", { words: usageOf(command) }),
    "",
    translate(summary),
    "",
    ...columns([
      ...words.map((word): Row => [word.name, argumentText(word, translate)]),
      ...Object.entries<Option>({ ...options, ...COMMON_OPTIONS }).map(
        ([name, option]): Row => [optionUsage(name, option), optionText(option, translate)],
      ),
    ]),
    ...(remarks.length === 0 ? [] : ["", ...remarks.map(translate)]),
    "",
    say("for-example"),
    ...examples.map((example) => `  gyrus ${example}`),
  ].join("\n");
}

/** The line of an argument in help and docs. */
export function argumentText({ text, choices }: Argument, translate: Translate = inEnglish): string {
  return choices === undefined
    ? translate(text)
    : `${translate(text)}: ${inWords(either(choices), translate)}`;
}

type Row = readonly [left: string, right: string];

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
