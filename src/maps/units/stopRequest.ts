/** stop.json: a request to the trainer of a MAPS, from the editor or by hand (`touch stop.json` will do). */
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { writeJson } from "../folder/json";
import { mapsPlace } from "../folder/place";

/** Stop after the batch at hand, or after the epoch at hand and its evaluation. Either way the run can be resumed. */
export type StopMoment = "batch" | "epoch";

export async function requestStop(maps: string, when: StopMoment): Promise<void> {
  await writeJson(mapsPlace(maps).stopJson, { when, time: Date.now() });
}

/** Asked after each batch, so synchronous and quick; null when nobody asked. */
export function stopRequest(maps: string): StopMoment | null {
  const file = mapsPlace(maps).stopJson;
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")).when === "epoch" ? "epoch" : "batch";
  } catch {
    return "batch";
  }
}

/** Takes the request away: by the trainer that obeys it, or that starts and finds an old one. */
export async function clearStopRequest(maps: string): Promise<void> {
  await rm(mapsPlace(maps).stopJson, { force: true });
}
