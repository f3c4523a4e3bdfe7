/** What the voxels and the files of a group tell, before a network answers for it. */
import { intensityFindings } from "../../audit/intensityFindings";
import { longerFiles } from "../../audit/longerFiles";
import type { VolumeReader } from "../../data/nifti/volumeReader";
import type { GroupPlan } from "../../data/plan/groupPlan";
import { checkImages } from "../../data/sources/checkImages";
import { imageName } from "../../data/sources/nameImage";
import type { Problem } from "../../experiment/problems/problem";
import type { TrainedMaps } from "./trainedMaps";

/**
 * Reads every image, which stays in the reader's memory as far as it fits. Throws an InputError with every image that is broken.
 * @returns warnings and notices, one a cause
 */
export async function groupVoxels(
  { maps, experiment }: Pick<TrainedMaps, "maps" | "experiment">,
  { images }: Pick<GroupPlan, "images">,
  reader: VolumeReader,
): Promise<readonly Problem[]> {
  const facts = await checkImages({ splits: [{ train: images, validation: [] }] }, reader);
  const known = images.flatMap((image) => {
    const found = facts.get(image.file);
    return found === undefined ? [] : [{ name: imageName(image), file: image.file, facts: found }];
  });
  const spread = known.flatMap(({ name, facts: { intensity } }) =>
    intensity === null ? [] : [{ name, intensity }],
  );
  const bytes = known.map(({ name, file, facts: { behind = 0 } }) => ({ name, file, behind }));
  return [...intensityFindings(spread, experiment.normalize, maps), ...longerFiles(bytes)];
}
