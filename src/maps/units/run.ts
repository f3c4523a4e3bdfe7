/** run.json: who trains in a MAPS, and how it ended. The status of a MAPS follows from it and from what stands beside it. */
import { z } from "zod";
import type { EndReason } from "../events/events";
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
      reason: z.enum(["completed", "early_stopping", "stopped", "nan", "failed"]),
      time: z.number(),
      message: z.string(),
    })
    .nullable(),
});

export type RunRecord = Readonly<z.infer<typeof runSchema>>;
export type RunStatus = "running" | "finished" | "stopped" | "interrupted" | "failed";

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

/** What a MAPS holds, where no run.json says how it went: one of ClinicaDL, or one that lost it. */
export interface TrainingTraces {
  /** A split has checkpoints of an unfinished training. */
  readonly unfinished: boolean;
  /** A split has a best model. */
  readonly trained: boolean;
  /** The reason at the end of the last event log. */
  readonly lastEnd: EndReason | null;
}

export function statusOf(run: RunRecord | null, alive: boolean, traces: TrainingTraces): RunStatus {
  if (run !== null && alive) return "running";
  if (run !== null) return run.end === null ? "interrupted" : statusAfter(run.end.reason);
  if (traces.unfinished) return traces.lastEnd === null ? "interrupted" : statusAfter(traces.lastEnd);
  return traces.trained ? "finished" : "interrupted";
}

function statusAfter(reason: EndReason): RunStatus {
  switch (reason) {
    case "completed":
    case "early_stopping":
      return "finished";
    case "stopped":
      return "stopped";
    case "nan":
    case "failed":
      return "failed";
  }
}
