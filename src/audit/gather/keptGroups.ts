/** Whom MAPS have learned from and answered for: their data groups, with the images where these still stand. */

import { resolve } from "node:path";
import { append } from "../../data/batches/collect";
import type { ImageRow } from "../../data/plan/rows";
import { placeOf } from "../../data/sources/cohorts";
import type { ImagePlace } from "../../data/sources/imageSources";
import { imageKey, locateImages } from "../../data/sources/images";
import type { Experiment } from "../../experiment/experiment";
import { warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { isSplitGroup } from "../../experiment/splitGroups";
import { entriesOf, folderNames } from "../../files/reader";
import { type DataGroup, readGroup } from "../../maps/folder/groups";
import { type GroupPlace, mapsPlace } from "../../maps/folder/place";
import { findPlace } from "../../maps/folder/splits";
import { type Scan, type ScanSet, scanOf } from "../study";
import { keptHashes } from "./keptHashes";

/**
 * The scans of every data group of a MAPS that its networks have not learned from. A group that cannot be read is among the problems, and
 * one whose images are gone: who is in it is known without them, but not whether they are copies.
 */
export async function groupScans(
  maps: string,
  experiment: Experiment,
  problems: Problem[],
): Promise<readonly Scan[]> {
  const folders = folderNames(await entriesOf(mapsPlace(maps).groups));
  const names = folders.filter((name) => !isSplitGroup(name));
  const scans = await Promise.all(
    names.sort().map(async (name) => {
      const kept = { maps, place: mapsPlace(maps).group(name), set: { kind: "group", name } } as const;
      try {
        const scans = await scansOf(kept, experiment);
        const gone = scans.filter(({ file }) => file === "").length;
        const values = { group: name, count: gone, of: scans.length };
        if (gone > 0) problems.push(warning("audit.images-of-group", { file: kept.place.dataTsv }, values));
        return scans;
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        append(problems, error.problems);
        return [];
      }
    }),
  );
  return scans.flat();
}

/**
 * What the source of a transfer has learned from, split by split. What is wrong with the source is for the transfer itself to say: one
 * that keeps no groups gives none.
 */
export async function sourceScans(
  experiment: Experiment,
  splits: readonly number[],
): Promise<readonly Scan[]> {
  const { transfer_path: maps } = experiment;
  if (maps === null) return [];
  const [source, hashOf] = [await findPlace(maps), await keptHashes(maps)];
  const found = await Promise.all(
    splits.map(async (split) => {
      const kept = {
        maps,
        place: source.group("train", split),
        set: { kind: "transfer", split, maps },
      } as const;
      try {
        const scans = await scansOf(kept, experiment);
        return scans.map((scan) => ({ ...scan, keptHash: hashOf(scan) }));
      } catch (error) {
        if (error instanceof InputError) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}

interface KeptGroup {
  readonly maps: string;
  readonly place: GroupPlace;
  readonly set: ScanSet;
}

async function scansOf({ maps, place, set }: KeptGroup, experiment: Experiment): Promise<readonly Scan[]> {
  const group = await readGroup(place);
  // The folders of several cohorts stand in a table of their own, which is not kept.
  const { images, multiCohort } = group;
  const where = images === undefined ? { place: resolve(maps, group.capsDirectory) } : placeOf("", images);
  const rows = group.rows.map((row, i) => imageRow(row, multiCohort ? NOWHERE : where, place.dataTsv, i + 2));
  const found = multiCohort ? undefined : await locateImages(rows, experiment, []);
  return rows.map((row) => {
    const file = found?.files.get(imageKey(row)) ?? "";
    return scanOf({ ...row, file }, [set], found?.headers.get(file) ?? null);
  });
}

const NOWHERE: ImagePlace = { place: "" };

function imageRow(
  { participantId, sessionId, cohort, label = "" }: DataGroup["rows"][number],
  place: ImagePlace,
  table: string,
  line: number,
): ImageRow {
  return { participantId, sessionId, cohort, ...place, label, diagnosis: "", table, line };
}
