/** Reads every image once before the training: what headers do not show is found here, not after hours. */
import { oneLineACause } from "../../experiment/problems/oneLineACause";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { collect, mapLimited } from "../batches/collect";
import type { FoundImage, VolumeReader } from "../nifti/volumeReader";
import type { VoxelFacts } from "../nifti/voxelFacts";
import type { SplitPlan } from "../plan/experimentData";
import { imagesOf } from "../plan/experimentData";
import type { PlannedImage } from "../plan/plannedImage";
import { imageKey } from "./images";

/** Images at a time: as many are in memory at most. */
const PARALLEL = 8;

export interface ReadImages<Image> {
  /** What is kept of the voxels of each image, by its file. */
  readonly facts: ReadonlyMap<string, VoxelFacts>;
  /** What is wrong with those that are truncated, corrupt, constant or infinite, in the order of the images. */
  readonly faults: readonly { readonly image: Image; readonly problem: Problem }[];
}

/** Reads every image to its last voxel. */
export async function readImages<Image extends FoundImage>(
  images: readonly Image[],
  reader: VolumeReader,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<ReadImages<Image>> {
  const facts = new Map<string, VoxelFacts>();
  let done = 0;
  const found = await mapLimited(images, PARALLEL, async (image) => {
    const own: Problem[] = [];
    const kept = await collect(own, () => reader.check(image));
    if (kept != null) facts.set(image.file, kept);
    onProgress(++done, images.length);
    return own.map((problem) => ({ image, problem }));
  });
  return { facts, faults: found.flat() };
}

/**
 * Throws an InputError with every image that is truncated, corrupt, constant or infinite. What is read stays in the
 * reader's memory as far as it fits, so the first epoch does not read it again.
 * @returns what is kept of the voxels of each image, by its file
 */
export async function checkImages(
  plan: { readonly splits: readonly Pick<SplitPlan, "train" | "validation" | "outer">[] },
  reader: VolumeReader,
  onProgress?: (done: number, of: number) => void,
): Promise<ReadonlyMap<string, VoxelFacts>> {
  const images = new Map<string, PlannedImage>();
  for (const split of plan.splits) {
    for (const image of imagesOf(split)) images.set(imageKey(image), image);
  }
  const { facts, faults } = await readImages([...images.values()], reader, onProgress);
  if (faults.length > 0) throw new InputError(oneLineACause(faults.map(({ problem }) => problem)));
  return facts;
}
