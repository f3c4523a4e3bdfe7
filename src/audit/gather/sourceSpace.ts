/** How the images are read that the source of a transfer has learned from. */
import type { Experiment } from "../../experiment/experiment";
import { resolveWithFiles } from "../../experiment/file/resolve";
import { InputError } from "../../experiment/problems/problem";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import { asRead } from "../../space/geometry";
import type { SourceSpace } from "../space/otherSpace";
import { trainingSpace } from "./trainingSpace";

/** Null without transfer. What is wrong with the source is for the transfer itself to say: one that cannot be read gives null. */
export async function sourceSpace({
  transfer_path: maps,
}: Pick<Experiment, "transfer_path">): Promise<SourceSpace | null> {
  if (maps === null) return null;
  try {
    // A loss of ClinicaDL may be one that Gyrus does not have, and says nothing of space.
    const { loss: _, ...settings } = (await readMapsJson(maps)).json;
    const { experiment } = await resolveWithFiles(settings, mapsPlace(maps).mapsJson);
    if (experiment === null) return null;
    const stored = await trainingSpace(maps, experiment);
    return { maps, geometries: stored.map((geometry) => asRead(geometry, experiment.space)) };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
