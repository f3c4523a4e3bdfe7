/** The MAPS from which a transfer takes its weights, as far as its folder and its maps.json tell. */
import { dirname } from "node:path";
import type { Experiment } from "../../experiment/experiment";
import { nameFault } from "../../experiment/names";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { exists } from "../../files/exists";
import { lookAt } from "../../files/reader";
import { type MapsParameters, readMapsJson } from "./mapsJson";
import { mapsPlace } from "./place";

/**
 * Its parameters; null without a transfer. Throws an InputError, at the key of the experiment that is wrong, where there is no MAPS or
 * the metric can be none.
 */
export async function readTransferSource({
  transfer_path: maps,
  transfer_selection_metric: metric,
}: Pick<Experiment, "transfer_path" | "transfer_selection_metric">): Promise<MapsParameters | null> {
  if (maps === null) return null;
  const fault = nameFault(metric);
  if (fault !== null)
    throw refuse("transfer.metric", { where: "transfer_selection_metric" }, { metric, fault });
  if ((await lookAt(maps))?.isFile()) throw await fileAsSource(maps);
  return readMapsJson(maps).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.problems.map((problem) => ({ ...problem, where: "transfer_path" })));
  });
}

/** A file of weights where a MAPS is asked for: the one that holds it is named. */
async function fileAsSource(file: string): Promise<InputError> {
  let holder: string | undefined;
  for (const folder of foldersAbove(file)) {
    if (!(await exists(mapsPlace(folder).mapsJson))) continue;
    holder = folder;
    break;
  }
  return refuse(
    "transfer.file",
    { where: "transfer_path", ...(holder === undefined ? {} : { instead: { values: [holder] } }) },
    { file, holder },
  );
}

function foldersAbove(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}
