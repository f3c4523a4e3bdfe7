/** Events on their way to a panel. */
import type { RunEvent } from "./events";
import { fromJson, toJson } from "./jsonNumber";

/**
 * All events that can be read from number `from` to the last one here: a line that is damaged, or of a kind that a newer Gyrus
 * writes, leaves a number out. Batches, by far the most numerous, travel as columns.
 */
export interface EventBlock {
  readonly from: number;
  /** BATCH_FIELDS numbers a batch: seq, time, epoch, batch, loss, samples, seconds. */
  readonly batches: Float64Array;
  /** The other events as JSON text, as `toJson` writes it. */
  readonly others: string;
}
const BATCH_FIELDS = 7;

/** `from`: the first number that the panel has not been sent yet. */
export function packEvents(events: readonly RunEvent[], from = events[0]?.seq ?? 0): EventBlock {
  const batches = events.filter((event) => event.kind === "batch");
  return {
    from,
    batches: Float64Array.from(
      batches.flatMap((event) => [
        event.seq,
        event.time,
        event.epoch,
        event.batch,
        event.loss,
        event.samples,
        event.seconds,
      ]),
    ),
    others: toJson(events.filter((event) => event.kind !== "batch")),
  };
}

/** The events of a block in their order. */
export function unpackEvents({ batches, others }: EventBlock): readonly RunEvent[] {
  const events = fromJson<RunEvent[]>(others);
  for (let i = 0; i < batches.length; i += BATCH_FIELDS) {
    const [seq, time, epoch, batch, loss, samples, seconds] = batches.subarray(i, i + BATCH_FIELDS);
    events.push({
      kind: "batch",
      seq: seq!,
      time: time!,
      epoch: epoch!,
      batch: batch!,
      loss: loss!,
      samples: samples!,
      seconds: seconds!,
    });
  }
  return events.sort((a, b) => a.seq - b.seq);
}
