/** The one way to make a problem: from its code, its place and the values of its sentences. */
import { type Alternatives, InputError, type Problem, sentencesOf } from "./problem";
import { PROBLEMS, type ProblemCode, type ProblemValues } from "./table";
import type { Phrase, Value } from "./words";

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

/** What is right as it is, and yet worth knowing. */
export function remark<Code extends ProblemCode>(
  code: Code,
  place: ProblemPlace,
  ...[values]: ProblemValues<Code>
): Problem {
  return made("notice", code, place, values ?? {});
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

/** The same problem, with what else may help, after what was said to help already. */
export const withHint = (hint: Phrase, problem: Problem): Problem =>
  saying(problem, { ...problem.said, hint: after(problem.said.hint, hint) });

const after = (first: Phrase | undefined, second: Phrase): Phrase =>
  first === undefined ? second : { template: "{first} {second}", values: { first, second } };

const saying = (problem: Problem, said: Problem["said"]): Problem => ({
  ...problem,
  said,
  ...sentencesOf({ said }),
});
