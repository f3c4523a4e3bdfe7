/** Every problem by its code: the one place that knows what it says, and the one way to make it. */
import { type Alternatives, InputError, type Problem, sentencesOf } from "./problem";
import { EXPERIMENT_PROBLEMS } from "./problems/experiment";
import { IMAGE_PROBLEMS } from "./problems/images";
import { MAPS_PROBLEMS } from "./problems/maps";
import { PROGRAM_PROBLEMS } from "./problems/program";
import { TABLE_PROBLEMS } from "./problems/tables";
import { USAGE_PROBLEMS } from "./problems/usage";
import type { NamesIn, Phrase, Value } from "./problems/words";

export const PROBLEMS = {
  ...EXPERIMENT_PROBLEMS,
  ...TABLE_PROBLEMS,
  ...IMAGE_PROBLEMS,
  ...MAPS_PROBLEMS,
  ...PROGRAM_PROBLEMS,
  ...USAGE_PROBLEMS,
} as const;

/** What a problem is, for programs: the topic, a dot, what is wrong. A code keeps its meaning from version to version. */
export type ProblemCode = keyof typeof PROBLEMS;

type Names<Code extends ProblemCode> = Code extends ProblemCode
  ? NamesIn<(typeof PROBLEMS)[Code]["message" | "remedy"]>
  : never;

/** What the sentences of a code have places for. */
type Values<Code extends ProblemCode> = { readonly [Name in Names<Code>]: Value };

/** The values of a code, where its sentences have places for any. */
export type ProblemValues<Code extends ProblemCode> = [Names<Code>] extends [never]
  ? []
  : [values: Values<Code>];

/** Where it is, and what would do. */
export interface ProblemPlace {
  readonly file?: string | undefined;
  readonly where?: string | undefined;
  readonly key?: string | undefined;
  readonly instead?: Alternatives | undefined;
}

/** What stops a run. */
export function problem<Code extends ProblemCode>(
  code: Code,
  place: ProblemPlace,
  ...[values]: ProblemValues<Code>
): Problem {
  return made("error", code, place, values ?? {});
}

/** What a run goes on with, but the user should know. */
export function warning<Code extends ProblemCode>(
  code: Code,
  place: ProblemPlace,
  ...[values]: ProblemValues<Code>
): Problem {
  return made("warning", code, place, values ?? {});
}

/** Bad input with one problem. */
export function refuse<Code extends ProblemCode>(
  code: Code,
  place: ProblemPlace,
  ...[values]: ProblemValues<Code>
): InputError {
  return new InputError([made("error", code, place, values ?? {})]);
}

function made(
  severity: Problem["severity"],
  code: ProblemCode,
  place: ProblemPlace,
  values: Readonly<Record<string, Value>>,
): Problem {
  const said = { ...PROBLEMS[code], values };
  const { file, where, key, instead } = place;
  return {
    severity,
    code,
    ...(file === undefined ? {} : { file }),
    ...(where === undefined ? {} : { where }),
    ...(key === undefined ? {} : { key }),
    ...sentencesOf({ said }),
    said,
    ...(instead === undefined ? {} : { instead }),
  };
}

/** The same problem, told of `subject`: the participant and session of an image. */
export const aboutSubject = (subject: string, problem: Problem): Problem =>
  saying(problem, { ...problem.said, subject });

/** The same problem, with what else may help. */
export const withHint = (hint: Phrase, problem: Problem): Problem =>
  saying(problem, { ...problem.said, hint });

const saying = (problem: Problem, said: Problem["said"]): Problem => ({
  ...problem,
  said,
  ...sentencesOf({ said }),
});
