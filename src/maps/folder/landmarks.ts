/** The landmarks to which the histograms of images are brought (Gyrus): fitted on the training set of a split, and kept for all that it predicts. */
import { z } from "zod";
import { refuse } from "../../experiment/problems/makeProblem";
import { readUtf8 } from "../../files/reader";
import { writeJson } from "./json";
import type { SplitPlace } from "./place";

/** [part, landmark] where parts are measured by themselves; null for a part that could be measured in no image. */
const keptLandmarks = z.object({
  version: z.literal(1),
  landmarks: z.array(z.number().nullable()).min(2).readonly(),
});

export async function writeLandmarks(place: SplitPlace, landmarks: readonly number[]): Promise<void> {
  await writeJson(place.landmarksJson, { version: 1, landmarks });
}

/** NaN where nothing could be fitted. Throws an InputError where they are missing or damaged. */
export async function readLandmarks(place: SplitPlace): Promise<readonly number[]> {
  const file = place.landmarksJson;
  const text = await readUtf8(file, "json").catch(() => "null");
  try {
    const read = keptLandmarks.safeParse(JSON.parse(text));
    if (read.success) return read.data.landmarks.map((landmark) => landmark ?? Number.NaN);
  } catch {
    // Told below.
  }
  throw refuse("intensity.no-landmarks", { file });
}
