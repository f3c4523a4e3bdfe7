/** Folders of images and of splits near the user, to be offered instead of browsed for. */
import { type Dirent, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { sourceWith } from "../../data/sources/imageSources";

export interface DataFolders {
  /** Folders in which images are found. */
  readonly images: readonly string[];
  /** `split` and `<k>_fold` folders. */
  readonly splits: readonly string[];
}

const notData = /^(\.|node_modules$|groups$|split-\d|maps_)/;
const splitFolder = /^(split|\d+_fold)$/;

/** Looks `depth` levels below `folders`; what cannot be read is passed over. */
export async function findDataFolders(folders: readonly string[], depth = 4): Promise<DataFolders> {
  const images: string[] = [];
  const splits: string[] = [];
  const look = async (folder: string, left: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
    const source = sourceWith(entries.map(({ name }) => name));
    if (source !== undefined) images.push(folder);
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (source?.holdsImages(name)) continue;
      const path = join(folder, name);
      if (splitFolder.test(name) && holdsTables(path)) splits.push(path);
      else if (left > 0 && !notData.test(name)) await look(path, left - 1);
    }
  };
  for (const folder of folders) await look(folder, depth);
  return { images, splits };
}

/** `train.tsv` of a single split, or the folds. */
const holdsTables = (folder: string) =>
  ["train.tsv", "split-0"].some((name) => existsSync(join(folder, name)));
