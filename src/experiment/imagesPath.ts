/** Where the images of an experiment stand, in a CAPS or elsewhere. */
import { resolve } from "node:path";
import type { Experiment } from "./experiment";
import { IMAGES_KINDS, type Images, type ImagesKind } from "./schema/images";

/** What kind of place `images` names: the key that holds its path. */
export function imagesKind(images: Images): ImagesKind {
  const kind = IMAGES_KINDS.find((one) => one in images);
  if (kind === undefined) throw new Error("`images` names no place");
  return kind;
}

/** The folder or the table that `images` names. */
export function imagesPath(images: Images): string {
  const paths: Partial<Record<ImagesKind, string>> = images;
  return paths[imagesKind(images)] ?? "";
}

/** The same images, with another path of their folder or table. */
export const imagesAt = (images: Images, move: (path: string) => string): Images => ({
  ...images,
  [imagesKind(images)]: move(imagesPath(images)),
});

/** The same images, with the path of their folder or table made absolute from `start`. */
export const imagesFrom = (start: string, images: Images): Images =>
  imagesAt(images, (path) => resolve(start, path));

/** The folder or table of the images, with the key of the experiment that names it. */
export function imagesPlace({ caps_directory, images }: Pick<Experiment, "caps_directory" | "images">): {
  readonly file: string;
  readonly key: "caps_directory" | "images";
} {
  return images === null
    ? { file: caps_directory, key: "caps_directory" }
    : { file: imagesPath(images), key: "images" };
}
