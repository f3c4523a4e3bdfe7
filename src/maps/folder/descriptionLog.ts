/** `description.log` beside the results of a data group: what was predicted, from which data. The text is ClinicaDL's. */
import { writeAtomically } from "../../files/atomicFile";
import type { ResultsPlace } from "./place";

export interface GroupDescription {
  readonly group: string;
  /** CAPS folder by cohort name; `single` when there is one. */
  readonly capsDirectories: Readonly<Record<string, string>>;
  readonly participants: number;
  readonly sessions: number;
}

export async function writeDescription(
  { descriptionLog }: ResultsPlace,
  { group, capsDirectories, participants, sessions }: GroupDescription,
): Promise<void> {
  const now = new Date();
  // Swedish is the locale that writes dates as ISO 8601: `2026-11-23 05:35:26`, local time.
  const date = `${now.toLocaleString("sv-SE")}.${String(now.getMilliseconds()).padStart(3, "0")}`;
  const lines = [
    `Prediction ${group} group - ${date}`,
    `Data loaded from CAPS directories: ${JSON.stringify(capsDirectories)}`,
    `Number of participants: ${participants}`,
    `Number of sessions: ${sessions}`,
  ];
  await writeAtomically(descriptionLog, `${lines.join("\n")}\n`);
}
