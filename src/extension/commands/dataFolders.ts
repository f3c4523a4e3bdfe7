/** CAPS and split folders near the user, to be offered instead of browsed for. */
import { type Dirent, existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

export interface DataFolders {
  /** Folders that hold `subjects`. */
  readonly caps: readonly string[];
  /** `split` and `<k>_fold` folders. */
  readonly splits: readonly string[];
}

const notData = /^(\.|node_modules$|subjects$|groups$|split-\d|maps_)/;
const splitFolder = /^(split|\d+_fold)$/;

/** Looks `depth` levels below `folders`; what cannot be read is passed over. */
export async function findDataFolders(folders: readonly string[], depth = 4): Promise<DataFolders> {
  const caps: string[] = [];
  const splits: string[] = [];
  const look = async (folder: string, left: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    if (names.includes("subjects")) caps.push(folder);
    for (const name of names) {
      const path = join(folder, name);
      if (splitFolder.test(name) && holdsTables(path)) splits.push(path);
      else if (left > 0 && !notData.test(name)) await look(path, left - 1);
    }
  };
  for (const folder of folders) await look(folder, depth);
  return { caps, splits };
}

/** `train.tsv` of a single split, or the folds. */
const holdsTables = (folder: string) =>
  ["train.tsv", "split-0"].some((name) => existsSync(join(folder, name)));

/** Folds of a split folder by its name: 5 for `5_fold`, 0 for `split`. */
export const foldsOf = (folder: string) => Number(/(\d+)_fold$/.exec(folder)?.[1] ?? 0);
