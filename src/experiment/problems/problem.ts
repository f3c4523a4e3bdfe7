import { placeWords } from "./placeWords";
import type { ProblemCode } from "./table";
import { fillWords, inEnglish, type Phrase, type Translate, type Value } from "./words";

/** Something that the user must know before a run: where it is, what is wrong, what to do. Made by `makeProblem.ts`. */
export interface Problem {
  readonly severity: Severity;
  /** What it is, for programs: they decide by it and never by a sentence. */
  readonly code: ProblemCode;
  /** The file that holds it, when it is in a file. */
  readonly file?: string;
  /** JSON path of the key ("preprocessing_dict.patch_size"), "row 12" of a table, or "line 3" of a log. */
  readonly where?: string;
  /** Key of the experiment that leads to it, when it shows in another file. */
  readonly key?: string;
  /** In English; `sentencesOf` gives them in another language. */
  readonly message: string;
  readonly remedy: string;
  /** What its sentences speak of, and the words that they are made of. */
  readonly said: Said;
  /** What would do, the likeliest first: the editor offers it as a fix. */
  readonly instead?: Alternatives;
}

/** What stops a run; what a run goes on with though it may be wrong; what is right as it is, but worth knowing. */
export type Severity = "error" | "warning" | "notice";

/** It stops a run. */
export const isError = ({ severity }: Pick<Problem, "severity">): boolean => severity === "error";

/** Sentences before they are made. */
export interface Said {
  readonly message: string;
  readonly remedy: string;
  readonly values: Readonly<Record<string, Value>>;
  /** Of whom the message tells: the participant and session of an image. */
  readonly subject?: string | undefined;
  /** What else may help, after the remedy. */
  readonly hint?: Phrase | undefined;
}

/** Other values of a key, or other names for a key that nobody knows. */
export type Alternatives =
  | { readonly values: readonly AlternativeValue[] }
  | { readonly names: readonly string[] };

/** What the key would hold; a list is the whole list. */
export type AlternativeValue = string | number | boolean | readonly string[];

/** Thrown when bad input is refused: all its problems at once. The CLI prints them and exits with 2. */
export class InputError extends Error {
  override readonly name = "InputError";
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(describeProblem).join("\n"));
  }
}

/** What is wrong and what to do, in the language of the reader. */
export function sentencesOf(
  { said: { message, remedy, values, subject, hint } }: Pick<Problem, "said">,
  translate?: Translate,
): { readonly message: string; readonly remedy: string } {
  const begin = subject === undefined ? "" : `${subject}: `;
  const end = hint === undefined ? "" : ` ${fillWords(hint.template, hint.values, translate)}`;
  return {
    message: `${begin}${fillWords(message, values, translate)}`,
    remedy: `${fillWords(remedy, values, translate)}${end}`,
  };
}

/** One line, in English: `file: where: message. remedy` */
export const describeProblem = (problem: Problem): string => describeProblemIn(inEnglish, problem);

/** One line, in the language of the reader: `file: where: message. remedy` */
export function describeProblemIn(translate: Translate, problem: Told): string {
  const { template, values } = problemPhrase(problem);
  return fillWords(template, values, translate);
}

/** What is told of a problem in one line. */
type Told = { readonly file?: string | undefined; readonly where?: string | undefined } & Pick<
  Problem,
  "said"
>;

/** The line of a problem as words inside another sentence. */
export function problemPhrase({ file, where, said }: Told): Phrase {
  const { message, remedy, values, subject, hint } = said;
  return {
    template: "[{file}: ][{where}: ][{subject}: ]{message}[ {remedy}][ {hint}]",
    values: {
      file,
      where: placeWords(where),
      subject,
      message: { template: message, values },
      remedy: { template: remedy, values },
      hint,
    },
  };
}
