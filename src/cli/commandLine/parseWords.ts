/** From the words of a command line to the values that the tables of a command ask for. */
import { nearestName } from "../../network/nearestName";
import {
  type Argument,
  type ArgumentValues,
  COMMON_OPTIONS,
  type Option,
  type Options,
  type OptionValues,
} from "./options";
import { misuse } from "./usageError";

export interface ParsedWords<Arguments extends readonly Argument[], Known extends Options> {
  readonly given: ArgumentValues<Arguments>;
  readonly options: OptionValues<Known>;
}

type Text = string | true;

/** Throws a UsageError that names the word that makes no sense, and what was meant. */
export function parseWords<const Arguments extends readonly Argument[], const Known extends Options>(
  words: readonly string[],
  tables: { readonly arguments: Arguments; readonly options: Known },
): ParsedWords<Arguments, Known> {
  const known: Options = { ...COMMON_OPTIONS, ...tables.options };
  const { positional, texts } = sortWords(words, known);
  const options = Object.fromEntries(
    Object.entries(tables.options).map(([name, option]) => [
      name,
      givenValue(name, option, texts.get(name) ?? []),
    ]),
  );
  const given = argumentsOf(positional, tables.arguments);
  // Their types follow from the tables by which each was just made.
  return { given, options } as ParsedWords<Arguments, Known>;
}

/** Words by their place, and the texts of each option in the order in which they were given. */
function sortWords(words: readonly string[], known: Options) {
  const positional: string[] = [];
  const texts = new Map<string, Text[]>();
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === "--") {
      positional.push(...rest.splice(0));
    } else if (!/^-./.test(word)) {
      positional.push(word);
    } else {
      const [, written = word, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
      const name = nameOf(written, known);
      const text = textOf(name, known[name], inline, rest);
      texts.set(name, [...(texts.get(name) ?? []), text]);
    }
  }
  return { positional, texts };
}

const withHyphens = (name: string) => name.replaceAll("_", "-");

function nameOf(written: string, known: Options): string {
  const name = withHyphens(written);
  if (Object.hasOwn(known, name)) return name;
  throw misuse("usage.unknown-option", {
    option: written.startsWith("-") ? written : `--${written}`,
    meant: nearestName(name, Object.keys(known)),
  });
}

function textOf(name: string, option: Option | undefined, inline: string | undefined, rest: string[]): Text {
  if (option?.kind === "flag") {
    if (inline !== undefined) throw misuse("usage.takes-no-value", { option: name });
    return true;
  }
  const [next] = rest;
  const text = inline ?? (next !== undefined && !/^-[^\d]/.test(next) ? rest.shift() : undefined);
  // An empty word is a variable of the shell that is not set.
  if (text === undefined || text.trim() === "") throw misuse("usage.no-value", { option: name });
  return text;
}

/** Of an option that is given more often than it may be the last one counts. */
function givenValue(name: string, option: Option, texts: readonly Text[]) {
  if (option.kind === "flag") return texts.length > 0;
  const values = texts.filter((text) => text !== true).map((text) => oneValue(name, option, text));
  if (values.length === 0) return option.default;
  return "many" in option && option.many ? values : values.at(-1);
}

function oneValue(name: string, option: Exclude<Option, { kind: "flag" }>, text: string): string | number {
  switch (option.kind) {
    case "text":
      return text;
    case "choice":
      if (option.choices.includes(text)) return text;
      throw misuse("usage.choice", { word: `--${name} ${text}`, choices: option.choices });
    case "whole": {
      const value = numberOf(text);
      if (Number.isInteger(value) && value >= option.least) return value;
      throw misuse("usage.whole-number", { option: name, text, least: option.least });
    }
    case "number": {
      const value = numberOf(text);
      const { least, most } = option;
      if (value >= least && value <= (most ?? Number.POSITIVE_INFINITY)) return value;
      throw most === undefined
        ? misuse("usage.number-at-least", { option: name, text, least })
        : misuse("usage.number", { option: name, text, least, most });
    }
  }
}

const numberOf = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));

function argumentsOf(words: readonly string[], known: readonly Argument[]) {
  const missing = known.filter(
    ({ optional }, place) => words[place]?.trim() === "" || (!optional && words[place] === undefined),
  );
  if (missing.length > 0) throw misuse("usage.missing", { words: missing.map(({ name }) => name) });
  const several = known.at(-1)?.many === true;
  const extra = words[known.length];
  if (extra !== undefined && !several) throw misuse("usage.extra-word", { word: extra });
  return Object.fromEntries(
    known.map(({ name, choices, many }, place) => {
      if (many) return [name, words.slice(place)];
      const word = words[place];
      if (word !== undefined && choices?.includes(word) === false) {
        throw misuse("usage.choice", { word: `${name} ${word}`, choices });
      }
      return [name, word];
    }),
  );
}
