/** An atlas that stands beside a study: an image of labels with the table of their names. */
import { join } from "node:path";
import { REGION_TABLES } from "../../../data/nifti/regionNames";
import { entriesOf } from "../../../files/reader";

const NIFTI = /\.nii(\.gz)?$/;
/** Tables beside scans of people tell of their voxels nothing. */
const OF_SOMEBODY = /^sub-/;
/** Folders in which people keep atlases. */
const FOLDERS = ["", "atlas", "atlases"];

/** The first one in these folders, or in a folder `atlas` or `atlases` of theirs; null where there is none. */
export async function atlasBeside(folders: readonly string[]): Promise<string | null> {
  for (const folder of folders.flatMap((one) => FOLDERS.map((below) => join(one, below)))) {
    const names = (await entriesOf(folder)).map(({ name }) => name).sort();
    const found = names.find(
      (name) =>
        NIFTI.test(name) &&
        !OF_SOMEBODY.test(name) &&
        REGION_TABLES.some((extension) => names.includes(name.replace(NIFTI, extension))),
    );
    if (found !== undefined) return join(folder, found);
  }
  return null;
}
