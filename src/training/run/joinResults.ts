/** Brings together what tasks have trained apart: the results of splits whose networks have all ended. Trains nothing. */

import { splitNumbers } from "../../experiment/splitNumbers";
import { readLogEnd } from "../../maps/events/logEnd";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import { finishedSplit } from "./finishedSplit";
import { experimentOfMaps, resumeTraining } from "./resumeTraining";
import type { RunOptions } from "./runOptions";

export interface JoinedSplits {
  /** Splits that have their results. */
  readonly finished: readonly number[];
  /** Networks that have not ended; null is the one that sees all. */
  readonly missing: readonly { readonly split: number; readonly network: number | null }[];
}

/** Writes the results that are due. @throws InputError as `resumeTraining` does */
export async function joinResults(maps: string, options: RunOptions): Promise<JoinedSplits> {
  const before = await lookAt(maps);
  const due = before.open.filter(({ missing }) => missing.length === 0).map(({ split }) => split);
  if (due.length === 0) return joined(before);
  await resumeTraining(maps, { ...options, join: true, splits: due });
  return joined(await lookAt(maps));
}

const joined = ({ finished, open }: Awaited<ReturnType<typeof lookAt>>): JoinedSplits => ({
  finished,
  missing: open.flatMap(({ split, missing }) => missing.map((network) => ({ split, network }))),
});

/** The splits of a MAPS: those that have finished, and of each other the networks that have not ended well. */
export async function lookAt(maps: string): Promise<{
  readonly finished: readonly number[];
  readonly open: readonly { readonly split: number; readonly missing: readonly (number | null)[] }[];
}> {
  const experiment = await experimentOfMaps(maps);
  const { partsPerImage } = await readMapsJson(maps);
  const networks = experiment.multi_network ? [...Array(partsPerImage).keys()] : [null];
  const finished: number[] = [];
  const open: { split: number; missing: (number | null)[] }[] = [];
  for (const split of splitNumbers(experiment)) {
    if ((await finishedSplit(maps, split, { networks, experiment })) !== null) finished.push(split);
    else open.push({ split, missing: await unended(maps, split, networks) });
  }
  return { finished, open };
}

async function unended(
  maps: string,
  split: number,
  networks: readonly (number | null)[],
): Promise<(number | null)[]> {
  const place = mapsPlace(maps).split(split);
  const missing: (number | null)[] = [];
  for (const network of networks) {
    const end = (await readLogEnd(place.network(network).eventsJsonl))?.end ?? null;
    if (end === null || end.reason === "failed" || end.reason === "stopped") missing.push(network);
  }
  return missing;
}
