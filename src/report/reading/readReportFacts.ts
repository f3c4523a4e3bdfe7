/** All that a report says of a MAPS, read from its files. What is not there is null or empty: an older MAPS, or one of ClinicaDL, has less. */
import { basename, dirname, join } from "node:path";
import { SPLIT_GROUPS, type SplitGroup } from "../../experiment/splitGroups";
import { entriesOf, folderNames, readUtf8 } from "../../files/reader";
import { readTable } from "../../maps/events/curves";
import { readLogStart } from "../../maps/events/logStart";
import { readGroup } from "../../maps/folder/groups";
import { type KeptAudit, readAudit } from "../../maps/folder/keptAudit";
import { readMapsJson } from "../../maps/folder/mapsJson";
import type { MapsPlace } from "../../maps/folder/place";
import { networksOf } from "../../maps/folder/splits";
import type { Metrics } from "../../run/events";
import type { SplitFlow } from "../../statistics/dataFlow";
import type { GroupResults } from "../results/groupResults";
import { type ImageProgress, type MeanImage, meanImages } from "./meanImages";
import { type Explanation, readExplanations } from "./readExplanations";
import { groupsWithResults, openResults, type ResultsOfMaps, readGroupResults } from "./readGroupResults";
import { readTraits, type Traits } from "./readTraits";

export interface ReportFacts {
  /** Name of the folder. */
  readonly name: string;
  readonly maps: ResultsOfMaps;
  /** By split; null where the log does not tell. */
  readonly flows: readonly { readonly split: number; readonly flow: SplitFlow | null }[];
  /** Sets of each split by the tables of the MAPS. */
  readonly sets: readonly SetOfSplit[];
  /** People who are in the training set of a split and in another set of it. */
  readonly leaking: number;
  readonly curves: readonly CurvesOf[];
  readonly audit: KeptAudit | null;
  /** The layers, as information.log has them. */
  readonly layers: string | null;
  /** Lines of environment.txt. */
  readonly environment: readonly string[];
  /** Those first that say most of how good it is on people it has not seen. */
  readonly groups: readonly GroupResults[];
  /** Of the sessions of the groups, by participant and session. */
  readonly traits: ReadonlyMap<string, Traits>;
  /** Other MAPS in the same folder of the same task, label and tables: what else was tried there. */
  readonly siblings: number;
  readonly explanations: readonly Explanation[];
  /** Of those with a mean map, the mean image of the same people. */
  readonly images: ReadonlyMap<Explanation, MeanImage>;
}

export interface SetOfSplit {
  readonly split: number;
  readonly set: SplitGroup;
  readonly people: ReadonlySet<string>;
  readonly sessions: number;
}

export interface CurvesOf {
  readonly split: number;
  readonly network: number | null;
  /** One a row of the table of evaluations. */
  readonly rows: readonly { readonly epoch: number; readonly train: Metrics; readonly validation: Metrics }[];
}

export const traitKey = ({
  participantId,
  sessionId,
}: {
  readonly participantId: string;
  readonly sessionId: string;
}) => `${participantId}\t${sessionId}`;

/**
 * Throws an InputError where there is no maps.json that can be read.
 * @param onImage called while the mean images are computed, which takes about a second for two people
 */
export async function readReportFacts(folder: string, onImage?: ImageProgress): Promise<ReportFacts> {
  const maps = await openResults(folder);
  const { place, splits } = maps;
  const known = await groupsWithResults(maps);
  const sets = (await Promise.all(splits.map((split) => setsOf(place, split)))).flat();
  const groups = await Promise.all(known.map(({ group }) => readGroupResults(maps, group)));
  const explanations = await readExplanations(
    maps,
    known.map(({ group }) => group),
  );
  return {
    name: basename(folder),
    maps,
    flows: await Promise.all(splits.map((split) => flowOf(place, split))),
    sets,
    leaking: leakingOf(sets),
    curves: (await Promise.all(splits.map((split) => curvesOf(place, split)))).flat(),
    audit: await readAudit(place.folder),
    layers: await layersOf(place),
    environment: await linesOf(place.environmentTxt),
    groups,
    traits: await traitsOf(maps, groups),
    siblings: await siblingsOf(maps),
    explanations,
    images: await meanImages(maps, groups, explanations, onImage),
  };
}

async function flowOf(place: MapsPlace, split: number) {
  const [network = null] = await networksOf(place.split(split));
  const start = await readLogStart(place.split(split).network(network).eventsJsonl);
  return { split, flow: start?.flow ?? null };
}

/** A set whose table cannot be read is left out. */
async function setsOf(place: MapsPlace, split: number): Promise<readonly SetOfSplit[]> {
  const sets = SPLIT_GROUPS.map(async (set) => {
    const group = await readGroup(place.group(set, split)).catch(() => null);
    if (group === null) return [];
    const people = new Set(group.rows.map(({ cohort, participantId }) => `${cohort}\t${participantId}`));
    return [{ split, set, people, sessions: group.rows.length }];
  });
  return (await Promise.all(sets)).flat();
}

function leakingOf(sets: readonly SetOfSplit[]): number {
  const leaking = sets.flatMap(({ split, set, people }) => {
    const train = sets.find((one) => one.split === split && one.set === "train");
    return set === "train" ? [] : [...people].filter((person) => train?.people.has(person));
  });
  return new Set(leaking).size;
}

async function curvesOf(place: MapsPlace, split: number): Promise<readonly CurvesOf[]> {
  const networks = await networksOf(place.split(split));
  return await Promise.all(
    networks.map(async (network) => {
      const { rows } = await readTable(place.split(split).network(network));
      return { split, network, rows };
    }),
  );
}

/** Without the date and the path that stand before. */
async function layersOf(place: MapsPlace): Promise<string | null> {
  const text = await readUtf8(place.informationLog, "json").catch(() => "");
  const at = text.indexOf("- Model :");
  return at < 0 ? null : text.slice(at + "- Model :".length).trim();
}

const linesOf = async (file: string) =>
  (await readUtf8(file, "json").catch(() => "")).split("\n").filter((line) => line.trim() !== "");

async function traitsOf(maps: ResultsOfMaps, groups: readonly GroupResults[]) {
  const of = await readTraits(maps);
  const traits = new Map<string, Traits>();
  for (const session of groups.flatMap(({ answers }) => answers.flatMap((set) => set.sessions))) {
    const key = traitKey(session);
    if (!traits.has(key)) traits.set(key, await of(session));
  }
  return traits;
}

/** Trained on the same question, whatever came of it. */
async function siblingsOf({ place, json }: ResultsOfMaps): Promise<number> {
  const parent = dirname(place.folder);
  const asked = (of: Readonly<Record<string, unknown>>) =>
    JSON.stringify([of.network_task, of.label ?? null, of.diagnoses ?? null, basename(String(of.tsv_path))]);
  const names = folderNames(await entriesOf(parent)).filter((name) => name !== basename(place.folder));
  const found = await Promise.all(
    names.map(async (name) => await readMapsJson(join(parent, name)).catch(() => null)),
  );
  return found.filter((one) => one !== null && asked(one.json) === asked(json)).length;
}
