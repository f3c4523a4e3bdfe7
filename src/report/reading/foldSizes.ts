/** How many people each split learned from and was judged on, by the tables of the MAPS. */
import type { FoldSize } from "../results/compare";
import type { AnswerSet } from "../results/groupResults";
import type { ResultsOfMaps } from "./readGroupResults";

/** Of the splits whose answers for `group` are pooled in `set`, none for other answers; a split without its tables is left out. */
export async function readFoldSizes(
  { tables, splits }: ResultsOfMaps,
  group: string,
  { source }: AnswerSet,
): Promise<readonly FoldSize[]> {
  if (source.kind !== "pooled") return [];
  const people = async (name: string, split: number) => {
    const { rows } = await tables.table(name, split);
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
