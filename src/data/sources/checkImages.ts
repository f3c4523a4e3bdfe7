/** Reads every image once before the training: what headers do not show is found here, not after hours. */
import { InputError, type Problem } from "../../experiment/problems/problem";
import { collect, mapLimited } from "../batches/collect";
import type { VolumeReader } from "../nifti/volumeReader";
import type { PlannedImage, SplitPlan } from "../plan/experimentData";
import { imageKey } from "./images";

/**
 * Throws an InputError with every image that is truncated, corrupt, constant or infinite. What is read stays in the
 * reader's memory as far as it fits, so the first epoch does not read it again.
 */
export async function checkImages(
  plan: { readonly splits: readonly Pick<SplitPlan, "train" | "validation">[] },
  reader: VolumeReader,
  onProgress: (done: number, of: number) => void = () => {},
): Promise<void> {
  const images = new Map<string, PlannedImage>();
  for (const { train, validation } of plan.splits) {
    for (const image of [...train, ...validation]) images.set(imageKey(image), image);
  }
  let done = 0;
  const found = await mapLimited([...images.values()], 8, async (image) => {
    const own: Problem[] = [];
    await collect(own, () => reader.read(image, []));
    onProgress(++done, images.size);
    return own;
  });
  const problems = found.flat();
  if (problems.length > 0) throw new InputError(problems);
}
