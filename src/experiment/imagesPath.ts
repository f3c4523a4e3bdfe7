/** Where the images of an experiment stand, in a CAPS or elsewhere. */
import { resolve } from "node:path";
import type { Experiment } from "./experiment";
import type { Images } from "./schema/images";

/** The folder or the table that `images` names. */
export function imagesPath(images: Images): string {
  if ("bids" in images) return images.bids;
  return "table" in images ? images.table : images.folder;
}

/** The same images, with the path of their folder or table made absolute from `start`. */
export function imagesFrom(start: string, images: Images): Images {
  if ("bids" in images) return { ...images, bids: resolve(start, images.bids) };
  if ("table" in images) return { ...images, table: resolve(start, images.table) };
  return { ...images, folder: resolve(start, images.folder) };
}

/** The folder or table of the images, with the key of the experiment that names it. */
export function imagesPlace({ caps_directory, images }: Pick<Experiment, "caps_directory" | "images">): {
  readonly file: string;
  readonly key: "caps_directory" | "images";
} {
  return images === null
    ? { file: caps_directory, key: "caps_directory" }
    : { file: imagesPath(images), key: "images" };
}
