/** The data groups of a MAPS beside training and validation: whom its networks have answered for. */
import { resolve } from "node:path";
import type { ImageRow } from "../../data/plan/rows";
import { imageKey, locateImages } from "../../data/sources/images";
import type { Experiment } from "../../experiment/experiment";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { type DataGroup, readGroup } from "../../maps/folder/groups";
import { mapsPlace } from "../../maps/folder/place";
import { entriesOf } from "../../maps/folder/quickFiles";
import type { Scan } from "../study";

/** The groups that the networks learn from themselves. */
const OWN: readonly string[] = ["train", "validation"];

/**
 * The scans of every data group, with their images where the CAPS of the group still holds them. A group that cannot be read is among
 * the problems, images that are missing are not: who is in the group is known without them.
 */
export async function groupScans(
  maps: string,
  experiment: Experiment,
  problems: Problem[],
): Promise<readonly Scan[]> {
  const folders = (await entriesOf(mapsPlace(maps).groups)).filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).filter((name) => !OWN.includes(name));
  const scans = await Promise.all(
    names.sort().map(async (name) => {
      try {
        return await scansOf(maps, name, experiment);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        problems.push(...error.problems);
        return [];
      }
    }),
  );
  return scans.flat();
}

async function scansOf(maps: string, name: string, experiment: Experiment): Promise<readonly Scan[]> {
  const place = mapsPlace(maps).group(name);
  const group = await readGroup(place);
  // The folders of several cohorts stand in a table of their own, which is not kept.
  const caps = group.multiCohort ? "" : resolve(maps, group.capsDirectory);
  const rows = group.rows.map((row, i) => imageRow(row, caps, place.dataTsv, i + 2));
  const { files, headers } =
    caps === ""
      ? { files: new Map<string, string>(), headers: new Map() }
      : await locateImages(rows, experiment, []);
  return rows.map((row) => {
    const file = files.get(imageKey(row)) ?? "";
    const { participantId, sessionId, cohort, label } = row;
    return {
      participantId,
      sessionId,
      cohort,
      caps,
      file,
      label,
      sets: [{ kind: "group", name }],
      columns: {},
      header: headers.get(file) ?? null,
      voxels: null,
    };
  });
}

function imageRow(
  { participantId, sessionId, cohort, label = "" }: DataGroup["rows"][number],
  caps: string,
  table: string,
  line: number,
): ImageRow {
  return { participantId, sessionId, cohort, caps, label, diagnosis: "", table, line };
}
