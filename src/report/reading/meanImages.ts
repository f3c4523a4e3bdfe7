/** What the people of a group look like on average, under the maps that are made of their answers: never one of them. */
import { toVoxel } from "../../space/affine";
import type { SpatialImage } from "../../space/grid";
import type { SpaceRule } from "../../space/spaceRule";
import { type Triple, tripleOf } from "../../space/triple";
import { greyOf, type Plane, planesAt } from "../figures/planes";
import type { GroupResults, SessionAnswer } from "../results/groupResults";
import { imageOfSession } from "./imageOfSession";
import { MeanBrain } from "./meanBrain";
import { type Explanation, FEWEST_PEOPLE } from "./readExplanations";
import type { ResultsOfMaps } from "./readGroupResults";
import { readTurned, spaceOfMaps } from "./studyImages";

export interface MeanImage {
  /** Those in which the mean map is shown; null where there are too few images. */
  readonly planes: readonly Plane[] | null;
  /** People whose image is in it. */
  readonly people: number;
  /** People of the group whose image was not found, could not be read, or lies on another grid. */
  readonly left: number;
}

/** Called after each image that was looked at. */
export type ImageProgress = (done: number, of: number) => void;

/**
 * For each explanation with a mean map the mean image of its group in the same planes. Images are read one after the other, and a group
 * at a time: two volumes are in memory, however many people there are.
 */
export async function meanImages(
  maps: ResultsOfMaps,
  groups: readonly GroupResults[],
  explanations: readonly Explanation[],
  onImage: ImageProgress = () => {},
): Promise<ReadonlyMap<Explanation, MeanImage>> {
  const wanted = peopleOf(groups, explanations);
  const of = wanted.reduce((sum, { people }) => sum + people.length, 0);
  const images = new Map<Explanation, MeanImage>();
  let done = 0;
  for (const { found, shown, people } of wanted) {
    const { mean, count } = await meanOf(maps, found, people, () => onImage(++done, of));
    for (const explanation of shown) {
      const planes = mean === null || count < FEWEST_PEOPLE ? null : planesLike(mean, explanation);
      images.set(explanation, { planes, people: count, left: people.length - count });
    }
  }
  return images;
}

interface Averaged {
  readonly found: GroupResults;
  /** The first session of each. */
  readonly people: readonly SessionAnswer[];
  readonly shown: Explanation[];
}

/** Whose images are averaged: each network of a cross-validation has explained its answers for its own fold. */
function peopleOf(
  groups: readonly GroupResults[],
  explanations: readonly Explanation[],
): readonly Averaged[] {
  const averaged = new Map<string, Averaged>();
  for (const explanation of explanations) {
    const found = groups.find(({ group }) => group === explanation.group);
    if (found === undefined || explanation.mean === null) continue;
    // A network may have been explained that has no answers of its own there.
    const answers = [explanation.model, found.headline].flatMap((wanted) =>
      found.answers.filter(({ id }) => id === wanted),
    );
    const people = onePerPerson(answers[0]?.sessions ?? []);
    const key = [found.group, ...people.map(keyOf).sort()].join("\n");
    const known = averaged.get(key) ?? { found, people, shown: [] };
    known.shown.push(explanation);
    averaged.set(key, known);
  }
  return [...averaged.values()];
}

const keyOf = ({ cohort, participantId }: SessionAnswer) => `${cohort}\t${participantId}`;

function onePerPerson(sessions: readonly SessionAnswer[]): readonly SessionAnswer[] {
  const first = new Map<string, SessionAnswer>();
  for (const session of sessions) {
    const known = first.get(keyOf(session));
    if (known === undefined || session.sessionId < known.sessionId) first.set(keyOf(session), session);
  }
  return [...first.values()];
}

async function meanOf(
  { place, json }: ResultsOfMaps,
  { source }: GroupResults,
  sessions: readonly SessionAnswer[],
  onImage: () => void,
): Promise<{ readonly mean: SpatialImage | null; readonly count: number }> {
  const space = spaceOfMaps(json);
  const brain = new MeanBrain();
  for (const session of sessions) {
    const image = await imageAt({ maps: place.folder, json, source, session, folders: [] }, space);
    onImage();
    if (image !== null) brain.add(image);
  }
  return { mean: brain.mean(1), count: brain.count };
}

/** Null where it is not there, or cannot be read. */
async function imageAt(
  question: Parameters<typeof imageOfSession>[0],
  space: SpaceRule,
): Promise<SpatialImage | null> {
  try {
    const found = await imageOfSession(question);
    return found.kind === "found" ? await readTurned(found.file, space) : null;
  } catch {
    return null;
  }
}

/** In the planes through the value of the map that is farthest from 0, and no others than the map has. */
function planesLike(image: SpatialImage, { mean }: Explanation): readonly Plane[] {
  if (mean === null) return [];
  const { highest, lowest, planes } = mean;
  const { world } = highest.value >= -lowest.value ? highest : lowest;
  const voxel = toVoxel(image.grid.affine, world);
  const at: Triple = tripleOf((axis) =>
    Math.min(image.grid.shape[axis] - 1, Math.max(0, Math.round(voxel[axis]))),
  );
  const shown = new Set(planes.map(({ plane }) => plane));
  return planesAt(image, at, greyOf).filter(({ plane }) => shown.has(plane));
}
