/** How many people each split learned from and was judged on, by the tables of the MAPS. */
import { readGroup } from "../../maps/folder/groups";
import type { FoldSize } from "../results/compare";
import type { ResultsOfMaps } from "./readGroupResults";

/** @param group of a table for each split; a split without its tables is left out */
export async function readFoldSizes(
  { place, splits }: ResultsOfMaps,
  group: string,
): Promise<readonly FoldSize[]> {
  const people = async (name: string, split: number) => {
    const { rows } = await readGroup(place.group(name, split));
    return new Set(rows.map(({ cohort, participantId }) => `${cohort}\t${participantId}`)).size;
  };
  const sizes = splits.map(async (split) => {
    try {
      return [{ split, train: await people("train", split), test: await people(group, split) }];
    } catch {
      return [];
    }
  });
  return (await Promise.all(sizes)).flat();
}
