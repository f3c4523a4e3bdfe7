/** Maps that say where the answers for a group come from, made by `gyrus interpret` or by ClinicaDL. */
import { join } from "node:path";
import { entriesOf, folderNames } from "../../../files/reader";
import { namesInFiles } from "../../../maps/folder/participantInFiles";
import type { MapsPlace } from "../../../maps/folder/place";
import type { AnswerSource, SessionAnswer } from "../../../report/results/groupResults";

const FOLDER = /^interpret-(.+)$/;

/** Names of the explanations of a group, of any best model of any split, sorted. */
export async function explanationsOf(
  place: MapsPlace,
  group: string,
  sources: readonly AnswerSource[],
): Promise<readonly string[]> {
  const singles = sources.flatMap((source) => (source.kind === "single" ? [source] : []));
  const names = await Promise.all(
    singles.map(async ({ split, metric }) =>
      folderNames(await entriesOf(place.split(split).best(metric).results(group).folder)),
    ),
  );
  const known = names.flat().flatMap((name) => FOLDER.exec(name)?.[1] ?? []);
  return [...new Set(known)].sort();
}

/** The map of a session, of the best models by `metric`: of the first split that has one. Null where none has. */
export async function mapOfSession(
  place: MapsPlace,
  splits: readonly number[],
  asked: {
    readonly group: string;
    readonly metric: string;
    readonly explanation: string;
    readonly session: Pick<SessionAnswer, "participantId" | "sessionId" | "cohort">;
  },
): Promise<string | null> {
  const { group, metric, explanation, session } = asked;
  const prefixes = namesInFiles(session).map((name) => `${name}_${session.sessionId}_`);
  for (const split of splits) {
    const folder = join(place.split(split).best(metric).results(group).folder, `interpret-${explanation}`);
    const names = (await entriesOf(folder)).map(({ name }) => name).sort();
    const maps = names.filter((name) => /_map\.nii(\.gz)?$/.test(name));
    const file = prefixes.flatMap((prefix) => maps.find((name) => name.startsWith(prefix)) ?? [])[0];
    if (file !== undefined) return join(folder, file);
  }
  return null;
}
