/** What a normalisation has fitted on the training set of a split. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { mapLimited } from "../../data/batches/collect";
import type { Dataset } from "../../data/batches/dataset";
import { openDataset } from "../../data/batches/volumeDataset";
import { fitLandmarks } from "../../data/intensity/histogram";
import type { SettingsOf } from "../../data/intensity/method";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import type { PlannedImage } from "../../data/plan/plannedImage";
import type { Experiment } from "../../experiment/experiment";
import { readLandmarks, writeLandmarks } from "../../maps/folder/landmarks";
import { mapsPlace } from "../../maps/folder/place";
import type { TrainedMaps } from "./trainedMaps";

/** Images at a time: as many are in memory at most. */
const PARALLEL = 8;

/** Reads the training images of a split, each once. */
export async function fitStandard(
  images: readonly PlannedImage[],
  settings: SettingsOf<"histogram">,
  reader: VolumeReader,
): Promise<number[]> {
  const unique = [...new Map(images.map((image) => [image.file, image])).values()];
  const facts = await mapLimited(unique, PARALLEL, (image) => reader.check(image));
  return fitLandmarks(
    facts.flatMap((one) => (one?.fitted === undefined ? [] : [one.fitted])),
    settings,
  );
}

/** Kept in the MAPS; undefined for normalisations that fit nothing. Throws an InputError where it is missing. */
async function keptStandard(
  maps: string,
  split: number,
  { intensity }: Pick<Experiment, "intensity">,
): Promise<readonly number[] | undefined> {
  return intensity?.kind === "histogram" ? await readLandmarks(mapsPlace(maps).split(split)) : undefined;
}

/** As `keptStandard`; a training that has none yet fits it, and keeps it. */
export async function trainingStandard(
  maps: string,
  { split, train }: { readonly split: number; readonly train: readonly PlannedImage[] },
  experiment: Pick<Experiment, "intensity">,
  reader: VolumeReader,
): Promise<readonly number[] | undefined> {
  const { intensity } = experiment;
  if (intensity?.kind !== "histogram") return undefined;
  const place = mapsPlace(maps).split(split);
  if (!existsSync(place.landmarksJson)) {
    await mkdir(place.folder, { recursive: true });
    await writeLandmarks(place, await fitStandard(train, intensity, reader));
  }
  return await readLandmarks(place);
}

/** A group as the networks of a split read it: a dataset for each network. */
export async function groupDatasets(
  { maps, experiment, networks }: Pick<TrainedMaps, "maps" | "experiment" | "networks">,
  plan: Pick<GroupPlan, "inputSize" | "partNumbers" | "images">,
  reader: VolumeReader,
  split: number,
): Promise<readonly Dataset[]> {
  const standard = await keptStandard(maps, split, experiment);
  return networks.map((part) =>
    openDataset(plan, plan.images, reader, { ...(part !== null && { part }), standard }),
  );
}
