/** Reads every image once before the training: what headers do not show is found here, not after hours. */
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { collect, mapLimited } from "../batches/collect";
import type { VolumeReader } from "../nifti/volumeReader";
import type { VoxelFacts } from "../nifti/voxelFacts";
import type { PlannedImage, SplitPlan } from "../plan/experimentData";
import { imageKey } from "./images";

/**
 * Throws an InputError with every image that is truncated, corrupt, constant or infinite. What is read stays in the
 * reader's memory as far as it fits, so the first epoch does not read it again.
 * @returns what is kept of the voxels of each image, by its file
 */
export async function checkImages(
  plan: { readonly splits: readonly Pick<SplitPlan, "train" | "validation">[] },
  reader: VolumeReader,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<ReadonlyMap<string, VoxelFacts>> {
  const images = new Map<string, PlannedImage>();
  for (const { train, validation } of plan.splits) {
    for (const image of [...train, ...validation]) images.set(imageKey(image), image);
  }
  const facts = new Map<string, VoxelFacts>();
  let done = 0;
  const found = await mapLimited([...images.values()], 8, async (image) => {
    const own: Problem[] = [];
    const kept = await collect(own, () => reader.check(image));
    if (kept != null) facts.set(image.file, kept);
    onProgress(++done, images.size);
    return own;
  });
  const problems = oneLineACause(found.flat());
  if (problems.length > 0) throw new InputError(problems);
  return facts;
}
