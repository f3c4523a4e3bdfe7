import { imageKey } from "../sources/images";
import type { ImageRow } from "./rows";

/** One image of a set. */
export interface PlannedImage {
  readonly participantId: string;
  readonly sessionId: string;
  /** `single` unless there are several cohorts. */
  readonly cohort: string;
  /** Folder or table of the images. */
  readonly place: string;
  readonly file: string;
  /** Text of the label column, "" without label. */
  readonly label: string;
  /** Class code or value; NaN without label. */
  readonly target: number;
}

/** The image of a row, by the files that were found and the targets of the rows. */
export function plannedImage(
  row: ImageRow,
  files: ReadonlyMap<string, string>,
  targets: ReadonlyMap<ImageRow, number>,
): PlannedImage {
  const { participantId, sessionId, cohort, place, label } = row;
  const file = files.get(imageKey(row)) ?? "";
  return { participantId, sessionId, cohort, place, file, label, target: targets.get(row) ?? Number.NaN };
}
