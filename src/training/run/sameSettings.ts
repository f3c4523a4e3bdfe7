/** Whether a MAPS is that of an experiment. */
import { isDeepStrictEqual } from "node:util";
import type { Experiment } from "../../experiment/experiment";

/** Keys in which processes may differ: their share of the splits, and what of a machine they use. */
const OWN_KEYS: readonly string[] = [
  "split",
  "engine",
  "device",
  "threads",
  "n_proc",
  "cache_gb",
  "cache_directory",
  "cache_directory_gb",
  "networks_at_once",
  "splits_at_once",
];

/** A key that is set otherwise, with both values as JSON. */
export interface OtherSetting {
  readonly key: string;
  readonly ours: string;
  readonly theirs: string | undefined;
}

/** Every setting of ours that is another one in a MAPS. */
export function otherSettings(ours: Experiment, theirs: Experiment): OtherSetting[] {
  const values = new Map<string, unknown>(Object.entries(theirs));
  return Object.entries(ours)
    .filter(([key, value]) => !OWN_KEYS.includes(key) && !isDeepStrictEqual(value, values.get(key)))
    .map(([key, value]) => ({ key, ours: JSON.stringify(value), theirs: JSON.stringify(values.get(key)) }));
}
