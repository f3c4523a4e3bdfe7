/** Reads what the networks of a MAPS, of Gyrus or of ClinicaDL, answered for its groups. */

import { isRecord } from "../../experiment/file/clinicaDlKeys";
import { imagesPath } from "../../experiment/imagesPath";
import { problem } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { MODES, type Mode } from "../../experiment/schema/preprocessing";
import { isSplitGroup } from "../../experiment/splitGroups";
import { entriesOf, folderNames } from "../../files/reader";
import { countLeftOut } from "../../maps/folder/groups";
import { type KeptThresholds, readThresholds } from "../../maps/folder/keptThreshold";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { type MapsSettings, settingsOf } from "../../maps/folder/mapsSettings";
import { type MapsPlace, mapsPlace } from "../../maps/folder/place";
import { splitNames } from "../../maps/folder/splits";
import type { Task } from "../../statistics/task";
import { acquaintanceByName, acquaintanceByPeople, type Choosing, choosingOf } from "../results/acquaintance";
import { ensembles, poolFolds } from "../results/combine";
import {
  type Acquaintance,
  type AnswerSet,
  type GroupCounts,
  type GroupResults,
  type GroupSource,
  idOf,
  splitsOf,
} from "../results/groupResults";
import { byWeight, headlineOf } from "../results/headline";
import { type GroupTable, GroupTables, problemsIn } from "./groupTables";
import { readAnswers } from "./readAnswers";

/** A MAPS as far as its results need it. */
export interface ResultsOfMaps {
  readonly place: MapsPlace;
  readonly splits: readonly number[];
  readonly tables: GroupTables;
  readonly settings: MapsSettings;
  readonly task: Task;
  readonly mode: Mode;
  readonly choosing: Choosing;
  /** Everything in maps.json. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Throws an InputError where there is no maps.json that can be read. */
export async function openResults(maps: string): Promise<ResultsOfMaps> {
  const { json, gyrusVersion, ...facts } = await readMapsJson(maps);
  const { prefix, splits } = splitNames(await entriesOf(maps));
  const settings = settingsOf({ json, gyrusVersion, ...facts });
  const { preprocessing_dict: preprocessing } = json;
  const mode = MODES.find((name) => isRecord(preprocessing) && name === preprocessing.mode) ?? "image";
  const place = mapsPlace(maps, prefix);
  return {
    place,
    splits,
    tables: new GroupTables(place, splits),
    settings,
    task: settings.task ?? "classification",
    mode,
    choosing: choosingOf(json),
    json,
  };
}

export interface KnownGroup {
  readonly group: string;
  readonly acquaintance: Acquaintance;
}

/** The groups of a MAPS that a best model has answered, in the order of what their names tell of them. Reads no table. */
export async function groupNames({ place, splits, choosing }: ResultsOfMaps): Promise<readonly string[]> {
  const folders = splits.map(async (split) => {
    const metrics = await bestMetrics(place, split);
    return await Promise.all(
      metrics.map(async (metric) => folderNames(await entriesOf(place.split(split).best(metric).folder))),
    );
  });
  const groups = [...new Set((await Promise.all(folders)).flat(2))];
  return byWeight(
    groups.map((group) => ({ group, acquaintance: acquaintanceByName(group, choosing) ?? "unverified" })),
  ).map(({ group }) => group);
}

/** The same, those first that say most of its worth on people it has not seen: reads the tables of those that tell it. */
export async function groupsWithResults(results: ResultsOfMaps): Promise<readonly KnownGroup[]> {
  const known = (await groupNames(results)).map(async (group) => {
    const { acquaintance } = await acquaintanceIn(results, group);
    return { group, acquaintance };
  });
  return byWeight(await Promise.all(known));
}

/** All answers for one group. What cannot be read is among its problems. */
export async function readGroupResults(results: ResultsOfMaps, group: string): Promise<GroupResults> {
  const { place, splits, settings, task, mode } = results;
  const problems: Problem[] = [];
  const tables = await results.tables.of(group, problems);
  const singles: AnswerSet[] = [];
  for (const split of splits) {
    const rows = tables.find((table) => table.split === split || table.split === null)?.rows ?? [];
    for (const metric of await bestMetrics(place, split)) {
      const found = place.split(split).best(metric).results(group);
      const classes = settings.classes.length;
      const asked = { place: found, task, mode, classes, rows, problems };
      const read = await readAnswers(asked).catch((error: unknown) => {
        problems.push(...problemsIn(error, found.predictionTsv(mode)));
        return null;
      });
      if (read === null) continue;
      const source = { kind: "single", split, metric } as const;
      singles.push({ id: idOf(source), source, ...read, incomplete: 0 });
    }
  }
  const known = await acquaintanceIn(results, group);
  const kept = await keptIn(results, group, problems);
  const answers = [...singles, ...together(group, singles)].map((set) => withThreshold(set, kept));
  const headline = headlineOf(answers, task);
  return {
    maps: place.folder,
    group,
    ...known,
    leftOut: await leftOutOf(results, group, problems),
    task,
    label: settings.label,
    classes: settings.classes,
    mode,
    architecture: settings.architecture,
    source: sourceOf(tables),
    counts: countsOf(headline, settings.classes.length),
    answers,
    headline: headline?.id ?? null,
    problems,
  };
}

async function leftOutOf({ place }: ResultsOfMaps, group: string, problems: Problem[]): Promise<number> {
  const found = place.group(group);
  return await countLeftOut(found).catch((error: unknown) => {
    problems.push(...problemsIn(error, found.leftOutTsv));
    return 0;
  });
}

/** The thresholds that are kept with a group; null where there are none, or they are of another class or cannot be read. */
async function keptIn(
  { place, settings: { classes } }: ResultsOfMaps,
  group: string,
  problems: Problem[],
): Promise<KeptThresholds | null> {
  const found = place.group(group);
  const kept = await readThresholds(found);
  if (kept === null) return null;
  if (kept !== "unreadable" && classes.length === 2 && kept.positive === classes[0]) return kept;
  problems.push(problem("results.threshold-file", { file: found.thresholdJson }));
  return null;
}

/** That of the same networks: an ensemble of more splits is another one. */
function withThreshold(set: AnswerSet, kept: KeptThresholds | null): AnswerSet {
  const splits = splitsOf(set.source).join();
  const own = kept?.thresholds.find((one) => one.answers === set.id && one.splits.join() === splits);
  if (kept === null || own === undefined) return set;
  return { ...set, threshold: { value: own.value, rule: kept.rule } };
}

/** Whoever is in a fold of one split is in the training of another: their networks may not answer together. */
function together(group: string, singles: readonly AnswerSet[]): readonly AnswerSet[] {
  if (group === "train") return [];
  return isSplitGroup(group) ? poolFolds(singles) : ensembles(singles);
}

async function acquaintanceIn(
  { tables, choosing }: ResultsOfMaps,
  group: string,
): Promise<Pick<GroupResults, "acquaintance" | "knownPeople">> {
  const told = acquaintanceByName(group, choosing);
  if (told !== null) return { acquaintance: told, knownPeople: 0 };
  const [own, seen] = await Promise.all([tables.of(group), tables.seen()]);
  const known = seen === null || own.length === 0 ? null : peopleAmong(own, seen);
  return { acquaintance: acquaintanceByPeople(known), knownPeople: known ?? 0 };
}

function peopleAmong(
  tables: readonly GroupTable[],
  seen: readonly { readonly participantId: string }[],
): number {
  const known = new Set(seen.map(({ participantId }) => participantId));
  const own = new Set(tables.flatMap(({ rows }) => rows.map(({ participantId }) => participantId)));
  return [...own].filter((id) => known.has(id)).length;
}

const sourceOf = (tables: readonly GroupTable[]): GroupSource => ({
  capsDirectory:
    tables[0]?.images === undefined ? (tables[0]?.capsDirectory ?? "") : imagesPath(tables[0].images),
  images: tables[0]?.images,
  multiCohort: tables[0]?.multiCohort ?? false,
  tables: tables.map(({ file }) => file),
});

function countsOf(headline: AnswerSet | null, classes: number): GroupCounts {
  const sessions = headline?.sessions ?? [];
  const count = (some: typeof sessions) => ({
    people: new Set(some.map(({ cohort, participantId }) => `${cohort}\t${participantId}`)).size,
    sessions: some.length,
  });
  return {
    ...count(sessions),
    byClass: Array.from({ length: classes }, (_, code) =>
      count(sessions.filter(({ truth }) => truth === code)),
    ),
    unlabelled: sessions.filter(({ truth, answer }) => truth === null && answer.kind !== "reconstruction")
      .length,
  };
}

/** Selection metrics by which a split has a best model, sorted. */
export async function bestMetrics(place: MapsPlace, split: number): Promise<readonly string[]> {
  const names = folderNames(await entriesOf(place.split(split).folder));
  return names.flatMap((name) => /^best-(.+)$/.exec(name)?.[1] ?? []).sort();
}
