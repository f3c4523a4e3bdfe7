/** What the voxels and the files of a group tell, before a network answers for it. */

import { ALL_ACCEPTED } from "../../audit/check";
import { copiesOf, copiesOfTraining } from "../../audit/copiesOfTraining";
import { passing } from "../../audit/findings";
import { intensityFindings } from "../../audit/intensityFindings";
import { longerFiles } from "../../audit/longerFiles";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import { checkImages } from "../../data/sources/checkImages";
import { imageName } from "../../data/sources/nameImage";
import { InputError } from "../../experiment/problems/problem";
import { intensityOf } from "../../experiment/schema/intensity";
import { readTrainingScans } from "../../maps/folder/trainingScans";
import { leaveOut, mayLeak, type PredictionPlan, type PredictionRequest } from "./predictionPlan";
import type { TrainedMaps } from "./trainedMaps";

/**
 * Reads every image, which stays in the reader's memory as far as it fits. Throws an InputError with every image that is broken, and
 * with those that are copies of training images where these may not be.
 * @returns the plan, of which people may have been left out, with warnings and notices, one a cause
 */
export async function groupVoxels(
  { maps, experiment }: Pick<TrainedMaps, "maps" | "experiment">,
  plan: PredictionPlan,
  request: PredictionRequest,
  reader: VolumeReader,
): Promise<PredictionPlan> {
  const { images } = plan;
  const { group } = request;
  const facts = await checkImages({ splits: [{ train: images, validation: [] }] }, reader);
  const asked = images.flatMap((image) => {
    const found = facts.get(image.file);
    return found === undefined ? [] : [{ ...image, facts: found }];
  });
  const scans = await readTrainingScans(maps);
  const told = copiesOfTraining(asked, scans, { maps, group });
  const leaves = request.leaveOut === true && scans !== null;
  const known = new Set(
    leaves
      ? copiesOf(asked, scans).flatMap(({ copies }) => copies.map(({ image }) => image.participantId))
      : [],
  );
  const left = images.filter(({ participantId }) => known.has(participantId));
  const others = leaveOut(
    plan,
    left.map((image) => ({
      participantId: image.participantId,
      sessionId: image.sessionId,
      because: "copy",
    })),
    request,
  );
  const copies = leaves ? [] : told;
  if (!mayLeak(request) && copies.some(({ severity }) => severity === "error")) throw new InputError(copies);
  const checked = others.images.flatMap((image) => {
    const found = facts.get(image.file);
    return found === undefined ? [] : [{ name: imageName(image), file: image.file, facts: found }];
  });
  const spread = checked.flatMap(({ name, facts: { intensity } }) =>
    intensity === null ? [] : [{ name, intensity }],
  );
  const bytes = checked.map(({ name, file, facts: { behind = 0 } }) => ({ name, file, behind }));
  return {
    ...others,
    warnings: [
      ...others.warnings,
      ...copies.map((one) => passing(one, "leaks", ALL_ACCEPTED)),
      ...intensityFindings(spread, intensityOf(experiment), maps),
      ...longerFiles(bytes),
    ],
  };
}
