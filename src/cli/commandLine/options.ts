/** The words that a command takes, as data: parsing, help, completion and docs follow from it. */

import { all } from "../../experiment/problems/phrases";
import { inEnglish, type Translate } from "../../experiment/problems/words";
import { sayIn } from "../terminal/words";

/** What stands at the place of a value can be completed by the names of files or of folders. */
export type Completes = "file" | "folder";

interface Told {
  /** One line of help. */
  readonly text: string;
}

/** A word that is given by its place. */
export interface Argument extends Told {
  /** As the usage line shows it: `MAPS`. */
  readonly name: string;
  /** Only the last ones may be left out. */
  readonly optional?: true;
  /** The last one: this word and all that follow it. */
  readonly many?: true;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

interface Valued extends Told {
  /** As help shows it: `FOLDER`. */
  readonly value: string;
  /** May be given several times. */
  readonly many?: true;
  readonly completes?: Completes;
}

/** A word that is given by its name, `--save-nifti`; underscores are as good as hyphens. */
export type Option =
  | (Told & { readonly kind: "flag" })
  | (Valued & { readonly kind: "text"; readonly default?: string | readonly string[] })
  | (Told & { readonly kind: "choice"; readonly choices: readonly string[]; readonly default?: string })
  | (Valued & { readonly kind: "whole"; readonly least: number; readonly default?: number })
  | (Valued & {
      readonly kind: "number";
      readonly least: number;
      readonly most?: number;
      readonly default?: number;
    });

/** By their names, without dashes before them. */
export type Options = Readonly<Record<string, Option>>;

type One<Given extends Option> = Given extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : Given extends { readonly kind: "text" }
    ? string
    : number;

type ValueOf<Given extends Option> = Given extends { readonly kind: "flag" }
  ? boolean
  :
      | (Given extends { readonly many: true } ? readonly One<Given>[] : One<Given>)
      | (Given extends { readonly default: string | number | readonly string[] } ? never : undefined);

export type OptionValues<Known extends Options> = { readonly [Name in keyof Known]: ValueOf<Known[Name]> };

type WordOf<Given extends Argument> = Given extends { readonly many: true }
  ? readonly string[]
  : OneWordOf<Given>;

type OneWordOf<Given extends Argument> =
  | (Given extends { readonly choices: readonly (infer Choice)[] } ? Choice : string)
  | (Given extends { readonly optional: true } ? undefined : never);

export type ArgumentValues<Known extends readonly Argument[]> = {
  readonly [Given in Known[number] as Given["name"]]: WordOf<Given>;
};

/** What every command takes. */
export const COMMON_OPTIONS = {
  json: { kind: "flag", text: "prints one JSON object: the result, or the problems" },
  verbose: { kind: "flag", text: "every problem of a long list, and the stack trace of a failure" },
  help: { kind: "flag", text: "says what the command does and takes" },
} as const satisfies Options;

/** The line of an option in help and docs, its default included. */
export function optionText(option: Option, translate: Translate = inEnglish): string {
  const say = sayIn(translate);
  const notes = [
    ...("many" in option && option.many ? [say("several-times")] : []),
    ...("default" in option && option.default !== undefined
      ? [say("default", { value: defaultValue(option.default) })]
      : []),
  ];
  const text = translate(option.text);
  return notes.length === 0 ? text : `${text} (${notes.join("; ")})`;
}

const defaultValue = (value: string | number | readonly string[]) =>
  typeof value === "object" ? all(value) : value;

/** `--engine auto|onnx`, `--output FOLDER`, `--json`. */
export function optionUsage(name: string, option: Option): string {
  switch (option.kind) {
    case "flag":
      return `--${name}`;
    case "choice":
      return `--${name} ${option.choices.join("|")}`;
    case "text":
    case "whole":
    case "number":
      return `--${name} ${option.value}`;
  }
}
