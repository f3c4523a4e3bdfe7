/**
 * What stands in the folder of a MAPS before its maps.json. A mark says that Gyrus makes it: what a killed trainer has left is taken
 * away by the next one, and what somebody else has put there never is.
 */
import { readdir, rm, rmdir } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { temporaryOf } from "../../files/temporary";
import { type MapsPlace, mapsPlace } from "./place";

/** The first file of a new MAPS, and away when it has its maps.json. */
const markOf = ({ folder }: MapsPlace) => join(folder, ".beginning");

const MARK =
  "Gyrus makes a MAPS in this folder, or was ended before it had. The next training into it takes away what is left.\n";

export async function markBeginning(place: MapsPlace): Promise<void> {
  await writeAtomically(markOf(place), MARK);
}

export async function removeMark(place: MapsPlace): Promise<void> {
  await rm(markOf(place), { force: true });
}

/** What is written before maps.json. */
export const beginning = ({ groups, environmentTxt, informationLog, auditJson }: MapsPlace): string[] => [
  groups,
  environmentTxt,
  informationLog,
  auditJson,
];

export const isOfBeginning = (name: string): boolean =>
  beginning(mapsPlace("")).some((path) => basename(path) === name);

/** Files below `groups` of a MAPS that is being made, `/` between folders. */
const OF_GROUPS =
  /^(?:train\+validation(?:_space|_scans)?\.tsv|(?:train|validation)\/split-\d+\/(?:data\.tsv|maps\.json))$/;

/** What macOS and Windows leave in any folder that they show: nobody's work. */
const OF_SYSTEMS: ReadonlySet<string> = new Set([".DS_Store", "Thumbs.db"]);

/** Whether Gyrus began, but did not complete, a MAPS at `maps`, and nothing else stands among what it wrote. */
export async function isOwnBeginning(maps: string): Promise<boolean> {
  const place = mapsPlace(maps);
  const names = await readdir(maps).catch((): string[] => []);
  if (names.includes(basename(place.mapsJson)) || !names.includes(basename(markOf(place)))) return false;
  const { files } = await contentOf(place.groups);
  return files.every((file) => {
    const path = relative(place.groups, file).split(sep);
    return (
      OF_GROUPS.test(path.join("/")) ||
      path.some((name) => temporaryOf(name) !== null || OF_SYSTEMS.has(name))
    );
  });
}

/** Takes away an own beginning, but for its mark: file by file, so that nothing goes along that has just come. */
export async function removeBeginning(place: MapsPlace): Promise<void> {
  const { files, folders } = await contentOf(place.groups);
  const { environmentTxt, informationLog, auditJson } = place;
  for (const file of [...files, environmentTxt, informationLog, auditJson]) await rm(file, { force: true });
  for (const folder of folders.sort((a, b) => b.length - a.length)) await rmdir(folder);
}

/** Files and folders below a folder, itself among them; none where it is not there. */
async function contentOf(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return { files: [], folders: [] };
  const paths = (folders: boolean) =>
    entries
      .filter((entry) => entry.isDirectory() === folders)
      .map((entry) => join(entry.parentPath, entry.name));
  return { files: paths(false), folders: [folder, ...paths(true)] };
}
