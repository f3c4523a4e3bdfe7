/** Which splits and networks a MAPS holds. Stray files and folders of other names are passed over. */
import type { Dirent } from "node:fs";
import { entriesOf } from "../../files/reader";
import { type MapsPlace, mapsPlace, type SplitPlace, type SplitPrefix } from "./place";

const SPLIT = /^(split|fold)-(\d+)$/;
const NETWORK = /^network-(\d+)$/;

export interface SplitNames {
  readonly prefix: SplitPrefix;
  /** Sorted. */
  readonly splits: readonly number[];
}

/** The splits among the entries of a MAPS. */
export function splitNames(entries: readonly Dirent[]): SplitNames {
  const found = entries.flatMap((entry) => {
    const match = entry.isDirectory() ? SPLIT.exec(entry.name) : null;
    return match === null ? [] : [{ prefix: match[1], split: Number(match[2]) }];
  });
  const prefix = found.some((split) => split.prefix === "split") || found.length === 0 ? "split" : "fold";
  const splits = found.filter((split) => split.prefix === prefix).map(({ split }) => split);
  return { prefix, splits: splits.sort((a, b) => a - b) };
}

/** The place of a MAPS that any version of ClinicaDL may have made: its splits are named as they are there. */
export async function findPlace(maps: string): Promise<MapsPlace> {
  return mapsPlace(maps, splitNames(await entriesOf(maps)).prefix);
}

/** Networks of a split that have logs: [null] unless it is a multi-network. */
export async function networksOf(split: SplitPlace): Promise<readonly (number | null)[]> {
  const entries = await entriesOf(split.network().logs);
  const networks = entries.flatMap(({ name }) => NETWORK.exec(name)?.[1] ?? []).map(Number);
  return networks.length === 0 ? [null] : networks.sort((a, b) => a - b);
}
