/** What the units of a MAPS say of themselves: by the records that their trainers write (run.json). */
import { existsSync } from "node:fs";
import { mapsPlace } from "../maps/folder/place";
import { isAlive, readRun } from "../maps/units/records";
import { runState } from "../run/state";
import type { UnitStates } from "./clusterState";
import { type ClusterRecords, taskKey } from "./records";

/** Of the units that were submitted. */
export async function unitStates(
  { maps, submissions }: ClusterRecords,
  now = Date.now(),
): Promise<UnitStates> {
  const units = new Map(
    submissions.flatMap((one) =>
      one.units.map((unit) => [taskKey({ kind: "unit", ...unit }), unit] as const),
    ),
  );
  const found = await Promise.all(
    [...units].map(async ([key, { split, network }]) => {
      const { runJson, stopJson } = mapsPlace(maps).split(split).network(network);
      const record = await readRun(runJson);
      if (record === null) return [key, null] as const;
      const traces = { stopAsked: existsSync(stopJson), unfinished: true, trained: false, lastEnd: null };
      return [key, runState(record, await isAlive(record, now), now, traces)] as const;
    }),
  );
  const states = new Map(found);
  return (split, network) => states.get(taskKey({ kind: "unit", split, network })) ?? null;
}
