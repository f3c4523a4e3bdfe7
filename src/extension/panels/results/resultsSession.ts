/** Serves the results of one data group: who answered what, once; then images, maps and votes of the people who are asked for. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type {
  FromResults,
  PartVotes,
  PeopleColumn,
  ShownGroup,
  ShownRows,
  ToResults,
} from "../../../../webview/results/messages";
import { InputError } from "../../../experiment/problems/problem";
import { isSplitGroup } from "../../../experiment/splitGroups";
import { Newest } from "../../../messages/newest";
import { reasonOf } from "../../../messages/reasonOf";
import { readPartVotes } from "../../../report/reading/readAnswers";
import {
  groupsWithResults,
  openResults,
  type ResultsOfMaps,
  readGroupResults,
} from "../../../report/reading/readGroupResults";
import { readTraits } from "../../../report/reading/readTraits";
import { correctingLine, tellsAge } from "../../../report/results/ageGap";
import type { GroupResults, SessionAnswer } from "../../../report/results/groupResults";
import { youdenOn } from "../../../report/results/threshold";
import { describeHere } from "../../language";
import type { PanelSession } from "../panelKind";
import { explanationsOf, mapOfSession } from "./explanations";
import { type OnValidation, packResults } from "./packResults";

/** How often the tables are looked at: a prediction may write them again. */
const LOOK_EVERY = 2_000;
/** A merged table may have hundreds. */
const MOST_COLUMNS = 24;

export interface ResultsSubject {
  readonly maps: string;
  readonly group: string;
}

/** A session of the group whose image, or map, is asked for. */
export interface AskedSession {
  readonly read: ResultsOfMaps;
  readonly found: GroupResults;
  readonly session: Pick<SessionAnswer, "participantId" | "sessionId" | "cohort">;
}

/** What the editor does for the results of a group. */
export interface ResultsEditor {
  /** A path as the user knows it: from the folder of the window, where it is in one. Default: whole. */
  readonly shownPath?: (path: string) => string;
  /** Opens the image of a session, and where `map` is a file this over it. */
  image(asked: AskedSession, map: string | null): Promise<void>;
  /** Opens the images of two sessions in step. */
  sideBySide(left: AskedSession, right: AskedSession): Promise<void>;
  /** No map of this name is of this session. */
  noMap(asked: AskedSession): Promise<void>;
  explain(maps: string): Promise<void>;
  report(maps: string): Promise<void>;
  group(subject: ResultsSubject): void;
  save(name: string, content: string | Uint8Array): Promise<void>;
}

interface Known {
  readonly read: ResultsOfMaps;
  readonly found: GroupResults;
  readonly shown: ShownGroup;
}

export class ResultsSession implements PanelSession<FromResults> {
  readonly #subject: ResultsSubject;
  readonly #texts: Readonly<Record<string, string>>;
  readonly #post: (message: ToResults) => void;
  readonly #editor: ResultsEditor;
  readonly #following = new Newest();
  #known: Known | null = null;

  constructor(
    subject: ResultsSubject,
    texts: Readonly<Record<string, string>>,
    post: (message: ToResults) => void,
    editor: ResultsEditor,
  ) {
    this.#subject = subject;
    this.#texts = texts;
    this.#post = post;
    this.#editor = editor;
  }

  async receive(message: FromResults): Promise<void> {
    switch (message.kind) {
      case "hello":
        this.#start();
        return;
      case "group":
        this.#editor.group({ maps: this.#subject.maps, group: message.group });
        return;
      case "explain":
        await this.#editor.explain(this.#subject.maps);
        return;
      case "report":
        await this.#editor.report(this.#subject.maps);
        return;
      case "save":
        await this.#editor.save(message.name, message.content);
        return;
      case "image": {
        const asked = this.#asked(message.row);
        if (asked !== null) await this.#editor.image(asked, null);
        return;
      }
      case "sideBySide": {
        const [left, right] = [this.#asked(message.rows[0]), this.#asked(message.rows[1])];
        if (left !== null && right !== null) await this.#editor.sideBySide(left, right);
        return;
      }
      case "map":
        await this.#openMap(message);
        return;
      case "votes":
        await this.#sendVotes(message.row, message.metric);
        return;
    }
  }

  hidden(): void {
    this.#following.cancel();
  }

  dispose(): void {
    this.#following.cancel();
  }

  #start(): void {
    const { maps, group } = this.#subject;
    this.#post({ kind: "welcome", maps, name: basename(maps), group, texts: this.#texts });
    void this.#follow(this.#following.begin());
  }

  /** Reads, and again when a table was written since. */
  async #follow(signal: AbortSignal): Promise<void> {
    let read = "";
    while (!signal.aborted) {
      const written = this.#known === null ? "" : await lastWritten(this.#known);
      if (this.#known === null || written !== read) {
        const known = await readResults(this.#subject, this.#editor.shownPath).catch(
          (error: unknown) => error,
        );
        if (signal.aborted) return;
        if (isKnown(known)) {
          this.#known = known;
          this.#post({ kind: "results", results: known.shown });
        } else this.#post({ kind: "nothing", problems: wordsOf(known) });
        read = this.#known === null ? "" : await lastWritten(this.#known);
      }
      await delay(LOOK_EVERY);
    }
  }

  /** Null where the view asks for somebody who is not there. */
  #asked(row: number): AskedSession | null {
    if (this.#known === null) return null;
    const { read, found, shown } = this.#known;
    const participantId = shown.rows.participants[row];
    const sessionId = shown.rows.sessions[row];
    if (participantId === undefined || sessionId === undefined) return null;
    return { read, found, session: { participantId, sessionId, cohort: shown.rows.cohorts[row] ?? null } };
  }

  async #openMap({ row, metric, explanation }: Extract<FromResults, { kind: "map" }>): Promise<void> {
    const asked = this.#asked(row);
    if (asked === null) return;
    const { read, found, session } = asked;
    const question = { group: found.group, metric, explanation, session };
    const map = await mapOfSession(read.place, read.splits, question);
    if (map === null) await this.#editor.noMap(asked);
    else await this.#editor.image(asked, map);
  }

  async #sendVotes(row: number, metric: string): Promise<void> {
    const asked = this.#asked(row);
    if (asked === null) return;
    const { read, found, session } = asked;
    const votes: PartVotes[] = [];
    for (const split of read.splits) {
      const place = read.place.split(split).best(metric).results(found.group);
      const parts = await readPartVotes(place, found.task, session).catch(() => []);
      if (parts.length === 0) continue;
      votes.push({
        split,
        parts: Float64Array.from(parts, ({ part }) => part),
        answers: Float64Array.from(parts, ({ answer }) => {
          if (answer.kind === "class") return answer.predicted;
          return answer.kind === "value" ? answer.value : Number.NaN;
        }),
      });
    }
    this.#post({ kind: "votes", row, metric, votes });
  }
}

const isKnown = (known: unknown): known is Known =>
  typeof known === "object" && known !== null && "shown" in known;

const wordsOf = (error: unknown): readonly string[] =>
  error instanceof InputError ? error.problems.map(describeHere) : [reasonOf(error)];

async function readResults(
  { maps, group }: ResultsSubject,
  shownPath: (path: string) => string = (path) => path,
): Promise<Known> {
  const read = await openResults(maps);
  const [found, groups] = await Promise.all([readGroupResults(read, group), groupsWithResults(read)]);
  const { source, ...head } = found;
  const explanations = await explanationsOf(
    read.place,
    group,
    found.answers.map((set) => set.source),
  );
  const packed = packResults(found, await onValidation(read, found));
  const shown: ShownGroup = {
    maps: head.maps,
    group,
    acquaintance: head.acquaintance,
    knownPeople: head.knownPeople,
    leftOut: head.leftOut,
    task: head.task,
    label: head.label,
    classes: head.classes,
    mode: head.mode,
    architecture: head.architecture,
    source: {
      ...source,
      capsDirectory: shownPath(source.capsDirectory),
      tables: source.tables.map(shownPath),
    },
    counts: head.counts,
    headline: head.headline,
    ...packed,
    rows: { ...packed.rows, columns: await columnsOf(read, packed.rows) },
    groups: groups.map((one) => one.group),
    explanations,
    problems: head.problems.map(describeHere),
  };
  return { read, found, shown };
}

/** What the tables of the study say of each session besides its ids: of these subgroups are made. */
async function columnsOf(
  read: ResultsOfMaps,
  { participants, sessions }: Pick<ShownRows, "participants" | "sessions">,
): Promise<readonly PeopleColumn[]> {
  const traitsOf = await readTraits(read);
  const traits = await Promise.all(
    participants.map((participantId, row) => traitsOf({ participantId, sessionId: sessions[row]! })),
  );
  const names = [...new Set(traits.flatMap((one) => Object.keys(one)))];
  return names
    .filter((name) => name !== "participant_id" && name !== "session_id")
    .slice(0, MOST_COLUMNS)
    .map((name) => ({ name, values: traits.map((one) => one[name] ?? "") }));
}

/** Chosen and fitted on the validation people, never on those that are judged. */
async function onValidation(read: ResultsOfMaps, found: GroupResults): Promise<OnValidation> {
  const { group, task, classes } = found;
  const choosesThreshold = task === "classification" && classes.length === 2;
  const isOfUse = !isSplitGroup(group) && (choosesThreshold || tellsAge(found));
  const validation = isOfUse ? await readGroupResults(read, "validation").catch(() => null) : null;
  return (source) => ({
    youden: validation === null || !choosesThreshold ? null : (youdenOn(validation, source)?.value ?? null),
    ageLine: correctingLine(found, source, validation),
  });
}

const written = async (path: string) =>
  await stat(path).then(
    ({ mtimeMs }) => String(mtimeMs),
    () => "gone",
  );

/** When the tables of predictions and the threshold were written: another text when one is written again, or is gone. */
async function lastWritten({ read, found }: Known): Promise<string> {
  const times = found.answers.map(async ({ source }) => {
    if (source.kind !== "single") return "";
    const { folder } = read.place.split(source.split).best(source.metric).results(found.group);
    return await written(folder);
  });
  return (await Promise.all([...times, written(read.place.group(found.group).thresholdJson)])).join();
}
