/** What a check is: a name, what it must know, and a function from a study to what is to be told of it. */
import type { Problem } from "../experiment/problems/problem";
import type { Study } from "./study";

/** What must have been read before a check can say anything: the tables, the headers of the images, or their voxels. */
export type Needs = "rows" | "headers" | "voxels";

/** What the user may let pass: the option `--accept-<name>` of the terminal makes warnings of the errors of such a check. */
export const ACCEPTABLE = ["leaks", "space"] as const;
export type Acceptable = (typeof ACCEPTABLE)[number];

/** Where nothing may stop a run any more: it was begun, and its warnings were said. */
export const ALL_ACCEPTED: ReadonlySet<Acceptable> = new Set(ACCEPTABLE);

/** Called now and then by a check that takes long. */
export type Progress = (done: number, of: number) => void;

export interface Check {
  readonly needs: Needs;
  /** The option that lets its errors pass; null where none does. */
  readonly accepted: Acceptable | null;
  /** Pure. One problem for a cause, with counts and a few names (`some`), never one for each row. */
  find(study: Study, onProgress?: Progress): readonly Problem[];
}
