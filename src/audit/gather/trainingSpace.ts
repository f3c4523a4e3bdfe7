/** How the images are stored that the networks of a MAPS learned from: as it recorded, or else from the images themselves. */
import { resolve } from "node:path";
import type { ImageRow } from "../../data/plan/rows";
import { placeAt, placeOf } from "../../data/sources/cohorts";
import type { ImagePlace } from "../../data/sources/imageSources";
import { type HeaderProgress, locateImages } from "../../data/sources/images";
import { readTable } from "../../data/tables/table";
import type { Experiment } from "../../experiment/experiment";
import { InputError } from "../../experiment/problems/problem";
import { entriesOf } from "../../files/reader";
import { type DataGroup, readGroup } from "../../maps/folder/groups";
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
    const placeOfCohort = await placesOf(maps, group);
    for (const { participantId, sessionId, cohort } of group.rows) {
      const place = placeOfCohort(cohort);
      if (place === undefined) continue;
      rows.set(`${cohort}\t${participantId}\t${sessionId}`, {
        participantId,
        sessionId,
        cohort,
        ...place,
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
async function placesOf(
  maps: string,
  { capsDirectory, images, multiCohort }: DataGroup,
): Promise<(cohort: string) => ImagePlace | undefined> {
  if (images !== undefined) return () => placeOf("", images);
  const place = resolve(maps, capsDirectory);
  if (!multiCohort) return () => ({ place });
  const { rows } = await readTable(place);
  const places = await Promise.all(
    rows.map(async ({ values }): Promise<[string, ImagePlace]> => {
      const ofCohort = await placeAt(resolve(place, "..", values.path ?? ""));
      return [values.cohort ?? "", ofCohort];
    }),
  );
  return (cohort) => new Map(places).get(cohort);
}
