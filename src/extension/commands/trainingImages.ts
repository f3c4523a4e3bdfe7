/** The images that a MAPS was trained on, to be offered for what it predicts. */
import { resolve } from "node:path";
import { nameOf } from "../../data/sources/looking/bidsOffers";
import type { FoundImages } from "../../data/sources/looking/lookForImages";
import { imagesKeys, offerOf } from "../../data/sources/looking/offer";
import { type Images, imagesSchema } from "../../experiment/schema/images";
import { readMapsJson } from "../../maps/folder/mapsJson";

/**
 * Nothing where they are gone, where those of several cohorts are in different places, or where nobody may read them.
 * @param found what stands in the workspace: there a CAPS is known by its pipelines
 */
export async function trainingImages(
  maps: string,
  { offers }: FoundImages,
): Promise<Pick<FoundImages, "ofTraining">> {
  const json = await readMapsJson(maps).then(
    (parameters) => parameters.json,
    () => null,
  );
  if (json === null || json.multi_cohort === true) return {};
  const { data: images } = imagesSchema.safeParse(json.images);
  if (images !== undefined) {
    const ofTraining = await offerOf(imagesKeys(images), wordsOf(images)).catch(() => null);
    return ofTraining !== null && ofTraining.sessions.length > 0 ? { ofTraining } : {};
  }
  if (typeof json.caps_directory !== "string") return {};
  const caps = resolve(maps, json.caps_directory);
  const ofTraining = offers.find(({ keys }) => "caps_directory" in keys && keys.caps_directory === caps);
  return ofTraining === undefined ? {} : { ofTraining };
}

function wordsOf(images: Images): string {
  if ("bids" in images) return nameOf(images);
  return "table" in images ? images.path_column : images.pattern;
}
