/** Whom the networks of a split knew before their first epoch: the training set of the source of their transfer. */
import type { Experiment } from "../../experiment/experiment";
import { InputError } from "../../experiment/problems/problem";
import { readGroup } from "../../maps/folder/groups";
import { findPlace } from "../../maps/folder/splits";
import { type Scan, scanOf } from "../study";
import { keptHashes } from "./keptHashes";

/**
 * The scans that the source of the same split learned from. Only their ids are known, and by which voxels the source knows them. What is wrong with the source is for the
 * transfer itself to say: one that keeps no groups gives none.
 */
export async function taughtBefore(
  { transfer_path: maps }: Pick<Experiment, "transfer_path">,
  splits: readonly number[],
): Promise<readonly Scan[]> {
  if (maps === null) return [];
  const found = await Promise.all(splits.map((split) => trainedIn(maps, split)));
  return found.flat();
}

async function trainedIn(maps: string, split: number): Promise<readonly Scan[]> {
  try {
    const hashOf = await keptHashes(maps);
    const { rows } = await readGroup((await findPlace(maps)).group("train", split));
    return rows.map((row) => ({
      ...scanOf({ ...row, place: "", file: "", label: "" }, [{ kind: "transfer", split, maps }], null),
      keptHash: hashOf(row),
    }));
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
