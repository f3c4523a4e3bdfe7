import { type ParseArgsConfig, parseArgs } from "node:util";
import { nearestName } from "../network/nearestName";
import { UsageError } from "./command";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Positional words and options of a command. Throws a UsageError that names the word it does not know, and what was meant. */
export function parseWords<Known extends Options>(words: readonly string[], options: Known) {
  const unknown = words
    .slice(0, endOfOptions(words))
    .map(optionOf)
    .find((name) => name !== undefined && !(name in options));
  if (unknown !== undefined) {
    const dashes = (name: string) => name.replaceAll("_", "-");
    const names = Object.keys(options);
    const meant = names.find((name) => dashes(name) === dashes(unknown)) ?? nearestName(unknown, names);
    const remedy = meant === undefined ? "" : ` Did you mean --${meant}?`;
    throw new UsageError(`there is no option --${unknown}.${remedy}`);
  }
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What follows a lone `--` are no options. */
const endOfOptions = (words: readonly string[]) => {
  const end = words.indexOf("--");
  return end === -1 ? words.length : end;
};

const optionOf = (word: string) => /^--([^=]+)/.exec(word)?.[1];

/** The one positional word that a command takes. */
export function onlyWord(words: readonly string[], what: string): string {
  const [word, extra] = words;
  if (word === undefined) throw new UsageError(`${what} is missing.`);
  if (extra !== undefined) throw new UsageError(`"${extra}" is one word too many.`);
  return word;
}

/** A whole number of at least `least`, or undefined where the option is absent. */
export function wholeNumber(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new UsageError(`--${option} ${text}: expected a whole number of at least ${least}.`);
  }
  return value;
}

/** A number from `least` to `most`, or undefined where the option is absent. */
export function number(
  option: string,
  text: string | undefined,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= least && value <= most) return value;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new UsageError(`--${option} ${text}: expected a number ${range}.`);
}

/** One of `choices`, or undefined where the option is absent. */
export function oneOf<Choice extends string>(
  option: string,
  text: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (text === undefined) return undefined;
  const chosen = choices.find((choice) => choice === text);
  if (chosen === undefined) throw new UsageError(`--${option} ${text}: expected ${choices.join(", ")}.`);
  return chosen;
}
