/** The layouts of folders in which images are found. */
import { namesIn } from "../../files/reader";
import { caps } from "./caps";
import type { ImageSource } from "./imageSource";

export const IMAGE_SOURCES = { caps } as const satisfies Readonly<Record<string, ImageSource>>;

/** The source whose layout a folder with these names in it has; undefined where it has none that is known. */
export function sourceWith(names: readonly string[]): ImageSource | undefined {
  return Object.values(IMAGE_SOURCES).find((source) => source.recognises(names));
}

/** The source whose layout a folder has; the CAPS, which says what is wrong, where it has none or cannot be read. */
export async function sourceOf(folder: string): Promise<ImageSource> {
  return sourceWith(await namesIn(folder).catch(() => [])) ?? IMAGE_SOURCES.caps;
}

/** `sourceOf` for many images of few folders: each folder is looked at once. */
export function openSources(): (folder: string) => Promise<ImageSource> {
  const known = new Map<string, Promise<ImageSource>>();
  return (folder) => {
    const source = known.get(folder) ?? sourceOf(folder);
    known.set(folder, source);
    return source;
  };
}
