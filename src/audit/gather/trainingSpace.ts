/** How the images are stored that the networks of a MAPS learned from: as it recorded, or else from the images themselves. */
import { resolve } from "node:path";
import type { ImageRow } from "../../data/plan/rows";
import { type HeaderProgress, locateImages } from "../../data/sources/images";
import { readTable } from "../../data/tables/table";
import type { Experiment } from "../../experiment/experiment";
import { InputError } from "../../experiment/problems/problem";
import { entriesOf } from "../../files/reader";
import { readGroup } from "../../maps/folder/groups";
import { mapsPlace } from "../../maps/folder/place";
import { splitNames } from "../../maps/folder/splits";
import { readTrainingSpace } from "../../maps/folder/trainingSpace";
import { type Geometry, geometryOf } from "../../space/geometry";

/**
 * Geometries of the training images as they are stored; empty where neither the MAPS nor an image tells. Of a MAPS without a record,
 * one of ClinicaDL for instance, every training image that is still there is looked at: its header alone is read.
 */
export async function trainingSpace(
  maps: string,
  experiment: Experiment,
  onHeader?: HeaderProgress,
): Promise<readonly Geometry[]> {
  const recorded = await readTrainingSpace(maps);
  if (recorded !== null) return recorded.map(({ geometry }) => geometry);
  const rows = await trainingRows(maps).catch((error: unknown) => {
    if (error instanceof InputError) return [];
    throw error;
  });
  const { headers } = await locateImages(rows, experiment, [], onHeader);
  return [...headers.values()].map(({ affine, voxelSize }) => geometryOf(affine, voxelSize));
}

/** The sessions of the training groups of every split, each once. */
async function trainingRows(maps: string): Promise<ImageRow[]> {
  const { folder } = mapsPlace(maps).group("train");
  const { prefix, splits } = splitNames(await entriesOf(folder));
  const rows = new Map<string, ImageRow>();
  for (const split of splits) {
    const group = await readGroup(mapsPlace(maps, prefix).group("train", split));
    const capsOf = await foldersOf(resolve(maps, group.capsDirectory), group.multiCohort);
    for (const { participantId, sessionId, cohort } of group.rows) {
      const caps = capsOf(cohort);
      if (caps === undefined) continue;
      rows.set(`${cohort}\t${participantId}\t${sessionId}`, {
        participantId,
        sessionId,
        cohort,
        caps,
        label: "",
        diagnosis: "",
        table: "",
        line: 0,
      });
    }
  }
  return [...rows.values()];
}

/** Where the images of a cohort stand. */
async function foldersOf(
  caps: string,
  multiCohort: boolean,
): Promise<(cohort: string) => string | undefined> {
  if (!multiCohort) return () => caps;
  const { rows } = await readTable(caps);
  return (cohort) => {
    const path = rows.find(({ values }) => values.cohort === cohort)?.values.path;
    return path === undefined ? undefined : resolve(caps, "..", path);
  };
}
