/** By which voxels a MAPS knows the images that it has learned from, by their names. */
import { readTrainingScans } from "../../maps/folder/trainingScans";
import { storedKey } from "../../maps/folder/trainingSpace";

interface Named {
  readonly participantId: string;
  readonly sessionId: string;
  readonly cohort: string;
}

/** What gives the hash of a scan of `maps`; null for one of which it keeps none, as MAPS of ClinicaDL and of the first version. */
export async function keptHashes(maps: string): Promise<(scan: Named) => string | null> {
  const kept = new Map(((await readTrainingScans(maps)) ?? []).map((scan) => [storedKey(scan), scan.hash]));
  return (scan) => kept.get(storedKey(scan)) ?? null;
}
