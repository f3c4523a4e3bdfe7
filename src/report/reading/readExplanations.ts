/** Maps that say where the answers for a group come from, by `gyrus interpret` or ClinicaDL: their names, and their mean over people. */
import { join } from "node:path";
import { readImageInSpace } from "../../data/nifti/imageInSpace";
import { entriesOf, folderNames } from "../../files/reader";
import { type InterpretationFindings, readInterpretation } from "../../maps/folder/interpretationRecord";
import { parseMapName, sessionInName } from "../../maps/folder/mapName";
import { type MapPlanes, mapPlanes } from "../figures/mapPlanes";
import { bestMetrics, type ResultsOfMaps } from "./readGroupResults";

export interface Explanation {
  readonly group: string;
  /** `split-0/best-loss` */
  readonly model: string;
  readonly name: string;
  /** Class whose answer is explained; null where the files do not say, or there are no classes. */
  readonly of: string | null;
  /** What was found about the maps as a whole; nothing by ClinicaDL. */
  readonly findings: InterpretationFindings;
  /** Null where there is none that can be read, or it is of too few people to be nobody's own. */
  readonly mean: MeanMap | null;
}

export interface MeanMap extends MapPlanes {
  /** Patch, region or slice that the map is of: of several, the one where it is farthest from 0. Null where it is of the whole image. */
  readonly part: number | null;
  readonly people: number;
}

/** The mean of fewer people comes close to the map of one of them. */
export const FEWEST_PEOPLE = 5;

const FOLDER = /^interpret-(.+)$/;

/** Of these groups, by every best model. */
export async function readExplanations(
  { place, splits, settings }: ResultsOfMaps,
  groups: readonly string[],
): Promise<readonly Explanation[]> {
  const found: Explanation[] = [];
  for (const group of groups) {
    for (const split of splits) {
      for (const metric of await bestMetrics(place, split)) {
        const { folder } = place.split(split).best(metric).results(group);
        const model = `split-${split}/best-${metric}`;
        for (const one of await explanationsIn(folder, settings.classes))
          found.push({ group, model, ...one });
      }
    }
  }
  return found;
}

async function explanationsIn(folder: string, classes: readonly string[]) {
  const named = folderNames(await entriesOf(folder))
    .sort()
    .flatMap((entry) => {
      const name = FOLDER.exec(entry)?.[1];
      return name === undefined ? [] : [{ name, own: join(folder, entry) }];
    });
  return await Promise.all(
    named.map(async ({ name, own }) => {
      const { node, findings } = await readInterpretation(own);
      const of = (node === null ? undefined : classes[node]) ?? null;
      return { name, of, findings, mean: await meanIn(own) };
    }),
  );
}

/** A map that cannot be read is as if it were not there. */
async function meanIn(folder: string): Promise<MeanMap | null> {
  const names = (await entriesOf(folder)).map(({ name }) => name);
  const ofOne = names.flatMap((name) => parseMapName(name)?.of ?? []);
  const people = new Set(ofOne.map((of) => sessionInName(of).participantId)).size;
  if (people < FEWEST_PEOPLE) return null;
  let best: MeanMap | null = null;
  for (const name of names) {
    const map = parseMapName(name);
    if (map === null || map.of !== null) continue;
    const image = await readImageInSpace(join(folder, name), { orientation: "canonical" }).catch(() => null);
    const planes = image === null ? null : mapPlanes(image);
    if (planes === null || (best !== null && largestOf(planes) <= largestOf(best))) continue;
    best = { ...planes, part: map.mode === "image" ? null : map.part, people };
  }
  return best;
}

const largestOf = ({ highest, lowest }: MapPlanes) => Math.max(highest.value, -lowest.value);
