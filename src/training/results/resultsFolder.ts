/**
 * Where the results of predictions and explanations go: into the MAPS, or, where that may not be written, into a folder of the user's
 * own. It has the structure of the MAPS, and a copy of its maps.json, so that it is read like one.
 */
import { readdir } from "node:fs/promises";
import { refuse } from "../../experiment/problems/makeProblem";
import { writeAtomically } from "../../files/atomicFile";
import { exists } from "../../files/exists";
import { readWhole } from "../../files/reader";
import { writeFolder } from "../../files/wholeFolder";
import { refusingFolder } from "../../files/writable";
import { isKept } from "../../maps/folder/groups";
import { mapsPlace } from "../../maps/folder/place";
import type { SelectedModels } from "./trainedMaps";

export interface ResultsRequest {
  readonly maps: string;
  readonly group: string;
  /** Instead of the MAPS. */
  readonly output?: string | undefined;
}

/**
 * Looks before anything long begins whether results can be written where they go.
 * @returns the MAPS, or the folder that was asked for
 * @throws InputError when they cannot, or when that folder is in use for something else
 */
export async function resultsFolder(
  { maps, group, output = maps }: ResultsRequest,
  selected: readonly SelectedModels[],
): Promise<string> {
  const place = mapsPlace(output);
  if (output !== maps) {
    const refusing = await refusingFolder(output);
    if (refusing !== null) throw refuse("maps.unwritable", { file: output }, { folder: refusing });
    if (!(await isForResultsOf(maps, output)))
      throw refuse("results.other-folder", { file: output }, { maps });
    return output;
  }
  const folders = selected.map(({ split, metric }) => place.split(split).best(metric).results(group).folder);
  if (!isKept(place.group(group))) folders.push(place.groups);
  const refusing = new Set<string>();
  for (const folder of folders) {
    const found = await refusingFolder(folder);
    if (found !== null) refusing.add(found);
  }
  if (refusing.size === 0) return maps;
  const [folder] = refusing;
  throw refuse("results.unwritable", { file: maps }, { folder });
}

async function isForResultsOf(maps: string, output: string): Promise<boolean> {
  const { mapsJson } = mapsPlace(output);
  if (await exists(mapsJson)) {
    const [theirs, ours] = await Promise.all(
      [mapsPlace(maps).mapsJson, mapsJson].map((file) => readWhole(file, "json")),
    );
    return theirs !== undefined && ours !== undefined && theirs.equals(ours);
  }
  const entries = await readdir(output).catch(() => []);
  return entries.every((name) => name.startsWith("."));
}

/** Makes the folder that was asked for, where it is not there. */
export async function makeResultsFolder(maps: string, output: string): Promise<void> {
  if (output === maps || (await exists(mapsPlace(output).mapsJson))) return;
  await writeFolder(output, async (temporary) => {
    const place = mapsPlace(temporary);
    await writeAtomically(place.mapsJson, await readWhole(mapsPlace(maps).mapsJson, "json"));
    await writeAtomically(place.informationLog, `- Path :\t${output}\n\n- Results of :\t${maps}\n`);
    return true;
  });
}
