/** Images that were found by looking: what an experiment would say to read them, and how many sessions have exactly one. */
import type { Images } from "../../../experiment/schema/images";
import { preprocessingSchema } from "../../../experiment/schema/preprocessing";
import { mapLimited } from "../../batches/collect";
import type { Session } from "../imageSource";
import { openSource } from "../imageSources";

/** Which images of a CAPS. */
export interface CapsImages {
  readonly preprocessing: "t1-linear" | "flair-linear";
  readonly mode: "image";
  readonly use_uncropped_image?: true;
}

/** What of an experiment says which images are read; paths are absolute. */
export type ImageKeys =
  | { readonly caps_directory: string; readonly preprocessing_dict: CapsImages }
  | { readonly images: Images; readonly preprocessing_dict: { readonly mode: "image" } };

export interface ImageOffer {
  readonly keys: ImageKeys;
  /** Folder or table of the images. */
  readonly place: string;
  /** Which of the images there: `T1w`, `t1-linear`, a column, a pattern. */
  readonly name: string;
  /** Those with exactly one image. */
  readonly sessions: readonly Session[];
  /** The image of each of them. */
  readonly files: readonly string[];
  /** How many have several images, of which nothing says which is meant. */
  readonly several: number;
}

export const imagesKeys = (images: Images): ImageKeys => ({ images, preprocessing_dict: { mode: "image" } });

/** Network folders answer slowly, one by one, but well in parallel. */
const PARALLEL = 32;

/** Looks how many images `keys` mean. Throws an InputError where the place cannot be read. */
export async function offerOf(keys: ImageKeys, name: string): Promise<ImageOffer> {
  const source = openSource(
    "images" in keys ? { place: "", images: keys.images } : { place: keys.caps_directory },
  );
  const preprocessing = preprocessingSchema.parse(keys.preprocessing_dict);
  const counts = await mapLimited(await source.sessions(), PARALLEL, async (session) => ({
    session,
    files: await source.find(session, preprocessing),
  }));
  const decided = counts.filter(({ files }) => files.length === 1);
  return {
    keys,
    place: source.place,
    name,
    sessions: decided.map(({ session }) => session),
    files: decided.flatMap(({ files }) => files),
    several: counts.filter(({ files }) => files.length > 1).length,
  };
}
