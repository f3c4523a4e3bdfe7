/** run.json: who trains in a MAPS, and how it ended. The state of a MAPS (run/state.ts) follows from it and from what stands beside it. */
import { z } from "zod";
import { endReason } from "../../run/eventSchema";
import { mapsPlace } from "../folder/place";
import { withFile } from "../folder/quickFiles";
import { isRunning } from "./processIdentity";

const runSchema = z.object({
  pid: z.int(),
  host: z.string(),
  processStart: z.string().nullable(),
  /** Milliseconds since 1970, as all times here. */
  started: z.number(),
  /** Renewed every few seconds while the trainer lives. */
  heartbeat: z.number(),
  command: z.array(z.string()).readonly(),
  gyrusVersion: z.string(),
  engine: z.string().nullable(),
  /** How the run ended; null while it goes on, and for ever after a kill. */
  end: z
    .object({
      reason: endReason,
      time: z.number(),
      message: z.string(),
    })
    .nullable(),
});

export type RunRecord = Readonly<z.infer<typeof runSchema>>;

export const HEARTBEAT_INTERVAL = 5_000;
/** A run on another machine counts as alive for so long after its last heartbeat: clocks differ, network folders lag. */
export const HEARTBEAT_LIFE = 90_000;

/** Null when there is none, or none that can be read. */
export async function readRun(maps: string): Promise<RunRecord | null> {
  try {
    const text = await withFile(mapsPlace(maps).runJson, ({ size, read }) => read(0, size));
    return runSchema.parse(JSON.parse(text.toString("utf8")));
  } catch {
    return null;
  }
}

/** Whether the trainer of this record is at work. */
export function isAlive(run: RunRecord, now = Date.now()): boolean {
  if (run.end !== null) return false;
  return isRunning(run) ?? now - run.heartbeat < HEARTBEAT_LIFE;
}
