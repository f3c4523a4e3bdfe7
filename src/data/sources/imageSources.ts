/** The layouts of folders in which images are found. */
import { readdir } from "node:fs/promises";
import { caps } from "./caps";
import type { ImageSource } from "./imageSource";

export const IMAGE_SOURCES = { caps } as const satisfies Readonly<Record<string, ImageSource>>;

/** The source whose layout a folder has; the CAPS, which says what is wrong, where it has none or cannot be read. */
export async function sourceOf(folder: string): Promise<ImageSource> {
  const names = await readdir(folder).catch(() => []);
  return Object.values(IMAGE_SOURCES).find((source) => source.recognises(names)) ?? IMAGE_SOURCES.caps;
}
