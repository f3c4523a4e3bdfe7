import { nameFault } from "../../experiment/names";
import { refuse } from "../../experiment/problems/makeProblem";
import { isSplitGroup } from "../../experiment/splitGroups";
import { entriesOf, folderNames } from "../../files/reader";
import { mapsPlace } from "../../maps/folder/place";
import type { PredictionRequest } from "./predictionPlan";

/**
 * Whether results can be kept under the name of a group: before any path is made of it.
 * @throws InputError for a group of the training, and for a name that is none on each system
 */
export async function checkGroupName({
  maps,
  output = maps,
  group,
}: Pick<PredictionRequest, "maps" | "output" | "group">): Promise<void> {
  if (isSplitGroup(group)) {
    throw refuse("group.of-training", { file: maps }, { group });
  }
  const known = await Promise.all([maps, output].map((folder) => entriesOf(mapsPlace(folder).groups)));
  const fault = nameFault(group, known.flatMap(folderNames));
  if (fault !== null) throw refuse("group.name", { file: maps }, { group, fault });
}
