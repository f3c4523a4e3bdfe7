/** Which images a prediction is about: found, fitting the networks, and unknown to them. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Acceptable } from "../../audit/check";
import { passing } from "../../audit/findings";
import { countPeople, type GroupPlan, planGroup } from "../../data/plan/groupPlan";
import type { HeaderProgress } from "../../data/sources/images";
import { imagesGiven } from "../../experiment/file/imagesKey";
import { problem, refuse, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import type { Images } from "../../experiment/schema/images";
import {
  isKept,
  type LeftOutSession,
  readGroup,
  readTrainValidation,
  type Session,
  writeGroup,
} from "../../maps/folder/groups";
import { type GroupPlace, mapsPlace } from "../../maps/folder/place";
import { groupSpace } from "./groupSpace";
import { makeResultsFolder } from "./resultsFolder";
import type { TrainedMaps } from "./trainedMaps";

export interface PredictionRequest {
  readonly maps: string;
  /** Folder of the results, instead of the MAPS. */
  readonly output?: string | undefined;
  readonly group: string;
  /** CAPS folder or TSV of cohorts; may be absent for a group that the MAPS knows. */
  readonly caps?: string | undefined;
  /** Images that stand in no CAPS, as the key `images` describes them: JSON, or a file that holds it. */
  readonly images?: string | undefined;
  /** TSV of participants and sessions; may be absent for a group that the MAPS knows. */
  readonly tsv?: string | undefined;
  /** Column of the labels: undefined for that of the training where it is there, null for none. */
  readonly label?: string | null | undefined;
  /** Rows with these diagnoses: undefined for those of the training. */
  readonly diagnoses?: readonly string[] | undefined;
  readonly splits?: readonly number[] | undefined;
  /** Selection metrics. */
  readonly metrics?: readonly string[] | undefined;
  /** Keep inputs and reconstructions of an autoencoder as NIfTI (with the header of the input) or as tensors. */
  readonly saveNifti?: boolean;
  readonly saveTensors?: boolean;
  /** Predict participants that the networks were trained or chosen on. */
  readonly skipLeakCheck?: boolean;
  /** Predict the others, and keep who was left out. */
  readonly leaveOut?: boolean;
  /** Predict images that are stored otherwise than those of the training. */
  readonly acceptSpace?: boolean;
}

export interface PredictionPlan extends GroupPlan {
  readonly leftOut: readonly LeftOutSession[];
}

/** The images of the group, which must fit the networks and must not have taught them. */
export async function planPrediction(
  request: PredictionRequest,
  trained: TrainedMaps,
  onHeader?: HeaderProgress,
): Promise<PredictionPlan> {
  const { maps, label, diagnoses } = request;
  const known = knownPlace(request);
  const asked = request.images === undefined ? undefined : await imagesGiven(request.images);
  const { images, caps, tsv } =
    known === null ? newSource(request, asked, trained) : await knownSource(request, asked, known);
  const kept = known !== null && request.tsv === undefined;
  const ofPeople = request.leaveOut ? { without: await knownPeople(maps) } : {};
  const group = {
    experiment: trained.experiment,
    caps,
    images,
    tsv,
    label,
    diagnoses,
    kept,
    ...ofPeople,
  };
  const plan = await planGroup(group, onHeader);
  const space = await groupSpace(trained, plan, onHeader);
  const accepted: ReadonlySet<Acceptable> = new Set(request.acceptSpace ? ["space"] : []);
  const found = space.map((one) => passing(one, "space", accepted));
  const problems = [
    ...found.filter(({ severity }) => severity === "error"),
    ...sizeProblems(plan, trained),
    ...(known === null ? [] : await changedGroup(known, plan)),
    ...(mayLeak(request) ? [] : await leaks(maps, plan)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const leftOut = plan.without.map((session) => ({ ...session, because: "participant" as const }));
  return leaveOut({ ...plan, leftOut: [], warnings: [...plan.warnings, ...found] }, leftOut, request);
}

/** The plan without `known`, who are told of. Throws an InputError where nobody remains. */
export function leaveOut(
  plan: PredictionPlan,
  known: readonly LeftOutSession[],
  { maps, group }: Pick<PredictionRequest, "maps" | "group">,
): PredictionPlan {
  if (known.length === 0) return plan;
  const keyOf = ({ participantId, sessionId }: Session) => `${participantId}\t${sessionId}`;
  const keys = new Set(known.map(keyOf));
  const images = plan.images.filter((image) => !keys.has(keyOf(image)));
  const count = countPeople(known);
  if (images.length === 0) throw refuse("group.everyone-known", { file: maps }, { count });
  const leftOut = [...plan.leftOut, ...known];
  const told = warning(
    "group.known-left-out",
    { file: mapsPlace(maps).group(group).leftOutTsv },
    { count, people: countPeople([...images, ...leftOut]), ...named(known) },
  );
  return { ...plan, images, leftOut, warnings: [...plan.warnings, told] };
}

/** What was let pass when the group was made stays so. */
export const mayLeak = (
  request: Parameters<typeof knownPlace>[0] & Pick<PredictionRequest, "skipLeakCheck">,
) => request.skipLeakCheck === true || knownPlace(request) !== null;

/** Where a group is kept: by the MAPS, or with the results that it got elsewhere. */
function knownPlace({
  maps,
  output = maps,
  group,
}: Pick<PredictionRequest, "maps" | "output" | "group">): GroupPlace | null {
  const places = [maps, output].map((folder) => mapsPlace(folder).group(group));
  return places.find(isKept) ?? null;
}

/** Where the images and the rows of a group are. */
interface Source {
  readonly caps: string;
  readonly images?: Images | undefined;
  readonly tsv: string;
}

/** Images that stand in no CAPS are looked for where those of the training were, unless others are named. */
function newSource(
  { maps, group, caps, tsv }: PredictionRequest,
  asked: Images | undefined,
  { experiment }: TrainedMaps,
): Source {
  if (tsv !== undefined && asked !== undefined) return { caps: "", images: asked, tsv };
  if (tsv !== undefined && caps !== undefined) return { caps, tsv };
  if (tsv !== undefined && experiment.images !== null) return { caps: "", images: experiment.images, tsv };
  throw refuse("group.unknown", { file: maps }, { group });
}

/** A group that the MAPS knows is read where it says, or where the CAPS stands now. */
async function knownSource(
  { maps, group, caps, tsv }: PredictionRequest,
  asked: Images | undefined,
  place: GroupPlace,
): Promise<Source> {
  const { capsDirectory, images: kept } = await readGroup(place);
  const images = asked ?? (caps === undefined ? kept : undefined);
  if (images !== undefined) return { caps: "", images, tsv: tsv ?? place.dataTsv };
  const known = resolve(maps, capsDirectory);
  // ClinicaDL keeps the path as it was typed, wherever that was.
  if (caps === undefined && !existsSync(known)) {
    throw refuse("group.caps-moved", { file: maps }, { group, caps: known });
  }
  return { caps: caps ?? known, tsv: tsv ?? place.dataTsv };
}

/** A name stands for the same sessions for ever: results of before would speak of others. */
async function changedGroup(place: GroupPlace, { images }: GroupPlan): Promise<Problem[]> {
  const { rows } = await readGroup(place);
  const keys = (some: readonly { participantId: string; sessionId: string }[]) =>
    some
      .map(({ participantId, sessionId }) => `${participantId} ${sessionId}`)
      .sort()
      .join("\n");
  if (keys(rows) === keys(images)) return [];
  return [problem("group.other-sessions", { file: place.folder }, { group: place.group })];
}

function sizeProblems({ inputSize, partNumbers }: GroupPlan, trained: TrainedMaps): Problem[] {
  const expected = trained.network.inputSize;
  const { partsPerImage: parts, learned, networks } = trained;
  if (inputSize.join() !== expected.join()) {
    const values = { size: inputSize.join("x"), expected: expected.join("x") };
    return [problem("group.input-size", { file: trained.maps }, values)];
  }
  // One autoencoder reconstructs any number of parts: they do not vote.
  const anyNumber = learned.task === "reconstruction" && networks.length === 1;
  if (parts !== null && partNumbers.length !== parts && !anyNumber) {
    const values = { parts: partNumbers.length, expected: parts };
    return [problem("group.parts", { file: trained.maps }, values)];
  }
  return [];
}

/** More names, and the editor would cut its message before it says what to do. */
const MOST_NAMED = 10;

/** Participants of the group on whom the networks were trained or chosen. */
async function leaks(maps: string, { images }: GroupPlan): Promise<Problem[]> {
  const seen = await knownPeople(maps);
  const leaking = images.filter(({ participantId }) => seen.has(participantId));
  const count = countPeople(leaking);
  const people = countPeople(images);
  if (count === 0) return [];
  if (count === people) return [problem("group.everyone-known", { file: maps }, { count })];
  return [problem("group.leak", { file: maps }, { count, people, ...named(leaking) })];
}

const knownPeople = async (maps: string): Promise<ReadonlySet<string>> =>
  new Set((await readTrainValidation(maps)).map(({ participantId }) => participantId));

function named(some: readonly Session[]) {
  const people = [...new Set(some.map(({ participantId }) => participantId))];
  const rest = people.length - MOST_NAMED;
  return { named: people.slice(0, MOST_NAMED), more: rest > 0 ? rest : null };
}

/** Keeps a new group with its results, for later predictions by its name. @param output where they go */
export async function keepGroup(
  request: PredictionRequest,
  output: string,
  plan: PredictionPlan,
): Promise<void> {
  const { maps, group, caps } = request;
  await makeResultsFolder(maps, output);
  const kept = mapsPlace(output).group(group);
  if (isKept(kept)) return;
  const known = knownPlace(request);
  const rows = plan.images.map(({ participantId, sessionId, cohort, label }) => ({
    participantId,
    sessionId,
    cohort,
    label,
  }));
  const { label, multiCohort, place: images, leftOut } = plan;
  const before = known === null ? "" : resolve(maps, (await readGroup(known)).capsDirectory);
  const capsDirectory = images !== undefined ? "" : caps === undefined ? before : resolve(caps);
  await writeGroup(kept, { rows, label, capsDirectory, images, multiCohort }, leftOut);
}
