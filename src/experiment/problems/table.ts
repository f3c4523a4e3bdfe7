/** Every problem by its code: the one place that knows what it says. */
import { AUDIT_PROBLEMS } from "./audit";
import { CLUSTER_PROBLEMS } from "./cluster";
import { EXPERIMENT_PROBLEMS } from "./experiment";
import { GROUP_PROBLEMS } from "./groups";
import { IMAGE_PROBLEMS } from "./images";
import { INTERPRETATION_PROBLEMS } from "./interpretation";
import { MAPS_PROBLEMS } from "./maps";
import { OTHER_IMAGE_PROBLEMS } from "./otherImages";
import { PEOPLE_PROBLEMS } from "./people";
import { PROGRAM_PROBLEMS } from "./program";
import { RUN_PROBLEMS } from "./runs";
import { SPLIT_PROBLEMS } from "./splits";
import { TABLE_PROBLEMS } from "./tables";
import { USAGE_PROBLEMS } from "./usage";
import type { NamesIn, Value } from "./words";

export const PROBLEMS = {
  ...EXPERIMENT_PROBLEMS,
  ...TABLE_PROBLEMS,
  ...SPLIT_PROBLEMS,
  ...PEOPLE_PROBLEMS,
  ...IMAGE_PROBLEMS,
  ...OTHER_IMAGE_PROBLEMS,
  ...AUDIT_PROBLEMS,
  ...MAPS_PROBLEMS,
  ...GROUP_PROBLEMS,
  ...INTERPRETATION_PROBLEMS,
  ...RUN_PROBLEMS,
  ...PROGRAM_PROBLEMS,
  ...CLUSTER_PROBLEMS,
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
