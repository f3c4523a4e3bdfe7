import { readFile } from "node:fs/promises";
import { type EventsRead, LogLines } from "../../src/maps/events/logLines";

/** All events of a log, and what its lines are that hold none. Throws when there is no file. */
export async function readEvents(path: string): Promise<EventsRead> {
  return new LogLines(path).take(await readFile(path));
}
