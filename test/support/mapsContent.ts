import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTrainingTsv } from "../../src/maps/tables/trainingTsv";
import type { RunEvent } from "../../src/run/events";
import { readEvents } from "./readEvents";

/** Batches, evaluations and epochs of a log, those of before a resumption that were made again left out. */
function whatWasLearned(events: readonly RunEvent[]): object[] {
  return withoutRepeated(events)
    .filter(
      ({ kind }) =>
        kind === "batch" || kind === "evaluation" || kind === "epoch" || kind === "reconstruction",
    )
    .map((event) => ({ ...event, seq: 0, time: 0, seconds: 0, waited: 0 }));
}

/**
 * The events that count: a resumed training runs everything after its checkpoint again, so what the log holds of that from
 * before the resumption is void.
 */
function withoutRepeated(events: readonly RunEvent[]): RunEvent[] {
  let kept: RunEvent[] = [];
  for (const event of events) {
    if (event.kind === "start" && event.resumedAt !== null) {
      const { epoch, batch } = event.resumedAt;
      kept = kept.filter((earlier) => !isFrom(earlier, epoch, batch));
    }
    kept.push(event);
  }
  return kept;
}

/** Whether an event belongs to what follows batch `batch` of epoch `epoch`, that one included. */
function isFrom(event: RunEvent, epoch: number, batch: number): boolean {
  switch (event.kind) {
    case "start":
    case "end":
      return false;
    case "evaluating":
    case "epoch":
    case "reconstruction":
      return event.epoch >= epoch;
    case "batch":
      return event.epoch > epoch || (event.epoch === epoch && event.batch >= batch);
    case "evaluation":
      // The one that is due just before that batch is made again.
      return event.epoch > epoch || (event.epoch === epoch && event.batch >= batch - 1);
  }
}

/**
 * What a training has left, by file: weights and results as hashes, curves and logs without times and without what a resumption made
 * again, of other files that they are there.
 */
export async function contentOf(maps: string): Promise<Record<string, unknown>> {
  const files = readdirSync(maps, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const content: Record<string, unknown> = {};
  for (const file of files) {
    const name = file.slice(maps.length + 1);
    if (name.endsWith("training.tsv")) {
      content[name] = (await readTrainingTsv(file)).map((row) => ({ ...row, time: 0 }));
    } else if (name.endsWith("events.jsonl")) {
      content[name] = whatWasLearned((await readEvents(file)).events);
    } else if (
      name.includes("reconstructions/") ||
      name.endsWith(".pth.tar") ||
      name.endsWith("prediction.tsv") ||
      name.endsWith("metrics.tsv")
    ) {
      content[name] = createHash("sha256").update(readFileSync(file)).digest("hex");
    } else {
      content[name] = "present";
    }
  }
  return content;
}
