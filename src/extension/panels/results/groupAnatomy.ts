/** A brain over which the mean map of a group is seen. */
import { imageOfSession } from "../../../report/reading/imageOfSession";
import { openResults, readGroupResults } from "../../../report/reading/readGroupResults";

/** Images of more people are not looked for. */
const MOST_TRIED = 8;

/**
 * The image of the first of the group whose image is here; null where none of the first few is. The mean of maps exists only where
 * all images have one grid, so any of them shows which part of the head a voxel is of.
 */
export async function anatomyOfGroup(
  maps: string,
  group: string,
  folders: readonly string[],
): Promise<string | null> {
  const { json, ...read } = await openResults(maps);
  const { source, answers } = await readGroupResults({ json, ...read }, group);
  for (const session of (answers[0]?.sessions ?? []).slice(0, MOST_TRIED)) {
    const image = await imageOfSession({ maps, json, source, session, folders });
    if (image.kind === "found") return image.file;
  }
  return null;
}
