/** What the voxels and the files of a group tell, before a network answers for it. */

import { ALL_ACCEPTED } from "../../audit/check";
import { copiesOfTraining } from "../../audit/copiesOfTraining";
import { passing } from "../../audit/findings";
import { intensityFindings } from "../../audit/intensityFindings";
import { longerFiles } from "../../audit/longerFiles";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import { checkImages } from "../../data/sources/checkImages";
import { imageName } from "../../data/sources/nameImage";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { readTrainingScans } from "../../maps/folder/trainingScans";
import type { TrainedMaps } from "./trainedMaps";

interface CheckedGroup {
  readonly group: string;
  /** Where the user lets leaks pass, or did so when the group was made. */
  readonly mayLeak: boolean;
}

/**
 * Reads every image, which stays in the reader's memory as far as it fits. Throws an InputError with every image that is broken, and
 * with those that are copies of training images where these may not be.
 * @returns warnings and notices, one a cause
 */
export async function groupVoxels(
  { maps, experiment }: Pick<TrainedMaps, "maps" | "experiment">,
  { images, group, mayLeak }: Pick<GroupPlan, "images"> & CheckedGroup,
  reader: VolumeReader,
): Promise<readonly Problem[]> {
  const facts = await checkImages({ splits: [{ train: images, validation: [] }] }, reader);
  const copies = copiesOfTraining(
    images.flatMap((image) => {
      const found = facts.get(image.file);
      return found === undefined ? [] : [{ ...image, facts: found }];
    }),
    await readTrainingScans(maps),
    { maps, group },
  );
  if (!mayLeak && copies.some(({ severity }) => severity === "error")) throw new InputError(copies);
  const known = images.flatMap((image) => {
    const found = facts.get(image.file);
    return found === undefined ? [] : [{ name: imageName(image), file: image.file, facts: found }];
  });
  const spread = known.flatMap(({ name, facts: { intensity } }) =>
    intensity === null ? [] : [{ name, intensity }],
  );
  const bytes = known.map(({ name, file, facts: { behind = 0 } }) => ({ name, file, behind }));
  return [
    ...copies.map((one) => passing(one, "leaks", ALL_ACCEPTED)),
    ...intensityFindings(spread, experiment.normalize, maps),
    ...longerFiles(bytes),
  ];
}
