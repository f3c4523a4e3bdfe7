/** How a training began, from the beginning of its event log alone: logs of many megabytes are not read whole. */
import type { EventOf } from "../../run/events";
import { EventTail } from "./eventTail";

/** Null when there is no log that can be read, or none that says so. */
export async function readLogStart(path: string): Promise<EventOf<"start"> | null> {
  try {
    for await (const { events } of new EventTail(path).parts()) {
      for (const event of events) if (event.kind === "start") return event;
    }
  } catch {
    // As where there is no log: what a training began with is told, never needed.
  }
  return null;
}
