/** Folders of images and of splits near the user, to be offered instead of browsed for. */
import { join } from "node:path";
import { CAPS_LAYOUT } from "../../data/sources/caps";
import { exists } from "../../files/exists";
import { entriesOf } from "../../files/reader";

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
    const entries = await entriesOf(folder);
    const isCaps = CAPS_LAYOUT.recognises(entries.map(({ name }) => name));
    if (isCaps) images.push(folder);
    for (const { name } of entries.filter((entry) => entry.isDirectory())) {
      if (isCaps && CAPS_LAYOUT.holdsImages(name)) continue;
      const path = join(folder, name);
      if (splitFolder.test(name) && (await holdsTables(path))) splits.push(path);
      else if (left > 0 && !notData.test(name)) await look(path, left - 1);
    }
  };
  for (const folder of folders) await look(folder, depth);
  return { images, splits };
}

/** `train.tsv` of a single split, or the folds. */
const holdsTables = async (folder: string) =>
  (await exists(join(folder, "train.tsv"))) || (await exists(join(folder, "split-0")));
