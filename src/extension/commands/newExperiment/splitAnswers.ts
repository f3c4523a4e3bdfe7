/** What the steps that make splits have been answered. */
import type { SplitChoices } from "../../../data/splits/choices";
import type { StudyTable } from "../../../data/splits/studyTable";
import type { SplitsToWrite } from "../../../data/splits/writeSplits";
import type { Task } from "../../../statistics/task";

/** Splits that are not written yet. */
export type MadeSplits = Omit<SplitsToWrite, "version">;

export interface SplitAnswers {
  readonly task: Task;
  /** Null where splits that are there are taken. */
  readonly study: StudyTable | null;
  readonly label: string;
  readonly classes: readonly (readonly string[])[] | null;
  readonly sets: Pick<SplitChoices, "test" | "validation">;
  readonly care: Pick<SplitChoices, "keepTogether" | "stratify" | "sessions">;
  readonly made: MadeSplits;
}
