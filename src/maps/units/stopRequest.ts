/**
 * stop.json: a request to all trainers of a MAPS, from the editor or by hand (`touch stop.json` will do), or in the logs of a unit to
 * the trainer of that one.
 */
import { readFileSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { writeJson } from "../folder/json";

/** Stop after the batch at hand, or after the epoch at hand and its evaluation. Either way the run can be resumed. */
export type StopMoment = "batch" | "epoch";

/** A MAPS, or one unit of it. */
export interface Stoppable {
  readonly stopJson: string;
}

export async function requestStop({ stopJson }: Stoppable, when: StopMoment): Promise<void> {
  await writeJson(stopJson, { when, time: Date.now() });
}

/** Asked after each batch, so synchronous and quick; null when nobody asked. */
export function stopRequest({ stopJson }: Stoppable): StopMoment | null {
  const found = statSync(stopJson, { throwIfNoEntry: false });
  if (found === undefined) return null;
  // Whatever else stands there asks for a stop by standing there, and would be waited for if it were read.
  if (!found.isFile() || found.size > LARGEST) return "batch";
  try {
    return JSON.parse(readFileSync(stopJson, "utf8")).when === "epoch" ? "epoch" : "batch";
  } catch {
    return "batch";
  }
}

/** A request has some forty bytes. */
const LARGEST = 10_000;

/** Takes the request away: by the trainer that obeys it, or that starts and finds an old one. */
export async function clearStopRequest({ stopJson }: Stoppable): Promise<void> {
  await rm(stopJson, { force: true });
}
