/** Who is in an explanation, what was answered for them, and where their maps are. */
import { join } from "node:path";
import type { ExplainedPerson, ExplainSubject } from "../../../../webview/explain/messages";
import { entriesOf, folderNames } from "../../../files/reader";
import { parseMapName, sessionInName } from "../../../maps/folder/mapName";
import { participantInFiles } from "../../../maps/folder/participantInFiles";
import {
  bestMetrics,
  openResults,
  type ResultsOfMaps,
  readGroupResults,
} from "../../../report/reading/readGroupResults";
import type { GroupResults, SessionAnswer } from "../../../report/results/groupResults";

/** One session of an explanation. */
export interface ExplainedSession {
  readonly person: ExplainedPerson;
  /** Null where no table of answers knows it. */
  readonly session: SessionAnswer | null;
  /** Names of the maps by part. */
  readonly maps: ReadonlyMap<number, string>;
}

export interface Explained {
  readonly read: ResultsOfMaps;
  readonly results: GroupResults;
  readonly folder: string;
  readonly mode: string;
  /** Rising. */
  readonly parts: readonly number[];
  /** Those who were answered wrongly first. */
  readonly sessions: readonly ExplainedSession[];
  /** Names of the mean maps by part. */
  readonly means: ReadonlyMap<number, string>;
  /** All explanations of the group, this one among them. */
  readonly all: readonly ExplainSubject[];
}

const FOLDER = /^interpret-(.+)$/;

/** Throws an InputError where the MAPS cannot be read. */
export async function readExplained(subject: ExplainSubject): Promise<Explained> {
  const { maps, group, split, metric, name } = subject;
  const read = await openResults(maps);
  const results = await readGroupResults(read, group);
  const folder = join(read.place.split(split).best(metric).results(group).folder, `interpret-${name}`);
  const answers = results.answers.find(
    ({ source }) => source.kind === "single" && source.split === split && source.metric === metric,
  );
  const bySession = new Map<string, Map<number, string>>();
  const means = new Map<number, string>();
  let mode = "image";
  for (const { name: file } of await entriesOf(folder)) {
    const map = parseMapName(file);
    if (map === null) continue;
    if (map.of === null) {
      mode = map.mode;
      means.set(map.part, file);
      continue;
    }
    const known = bySession.get(map.of) ?? new Map<number, string>();
    bySession.set(map.of, known.set(map.part, file));
  }
  const all = answers?.sessions ?? [];
  const nameOf = participantInFiles(all);
  const answered = new Map(all.map((session) => [`${nameOf(session)}_${session.sessionId}`, session]));
  const sessions = [...bySession].map(([key, files]): ExplainedSession => {
    const session = answered.get(key) ?? null;
    const known =
      session === null
        ? sessionInName(key)
        : { participantId: nameOf(session), sessionId: session.sessionId };
    return { person: personOf(known.participantId, known.sessionId, session, results), session, maps: files };
  });
  return {
    read,
    results,
    folder,
    mode,
    parts: [...means.keys()].sort((a, b) => a - b),
    sessions: sessions.sort(inOrder),
    means,
    all: await explanationsOfGroup(read, maps, group),
  };
}

const inOrder = ({ person: a }: ExplainedSession, { person: b }: ExplainedSession) =>
  Number(b.wrong === true) - Number(a.wrong === true) ||
  `${a.participantId} ${a.sessionId}`.localeCompare(`${b.participantId} ${b.sessionId}`, undefined, {
    numeric: true,
  });

function personOf(
  id: string,
  sessionId: string,
  session: SessionAnswer | null,
  { classes }: GroupResults,
): ExplainedPerson {
  const named = (code: number) => classes[code] ?? String(Number(code.toPrecision(5)));
  const truth = session?.truth ?? null;
  const person = { participantId: id, sessionId, truth: truth === null ? null : named(truth) };
  const unanswered = { ...person, answer: null, probability: null, wrong: null };
  if (session === null) return unanswered;
  const { answer } = session;
  switch (answer.kind) {
    case "class":
      return {
        ...person,
        answer: named(answer.predicted),
        probability: answer.probabilities?.[answer.predicted] ?? null,
        wrong: truth === null ? null : truth !== answer.predicted,
      };
    case "value":
      return { ...unanswered, answer: named(answer.value) };
    case "reconstruction":
      return unanswered;
  }
}

/** Of a data group, by every best model that has some. */
export async function explanationsOfGroup(
  { place, splits }: ResultsOfMaps,
  maps: string,
  group: string,
): Promise<readonly ExplainSubject[]> {
  const found: ExplainSubject[] = [];
  for (const split of splits) {
    for (const metric of await bestMetrics(place, split)) {
      const names = folderNames(await entriesOf(place.split(split).best(metric).results(group).folder));
      for (const entry of names.sort()) {
        const name = FOLDER.exec(entry)?.[1];
        if (name !== undefined) found.push({ maps, group, split, metric, name });
      }
    }
  }
  return found;
}
