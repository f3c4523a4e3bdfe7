/** Learning curves of one network, as panels draw them: from its event log, or from training.tsv where there is none. */

import type { Metrics, RunEvent } from "../../run/events";
import { readGroup } from "../folder/groups";
import { readMapsJson } from "../folder/mapsJson";
import { mapsPlace } from "../folder/place";
import { findPlace } from "../folder/splits";
import { readTrainingTsv } from "../tables/trainingTsv";
import { type EventsRead, readEvents } from "./eventLog";

/** An evaluation of both sets, at the end of an epoch or within one. */
export interface CurvePoint {
  readonly epoch: number;
  /** Index of the last batch before the evaluation. */
  readonly batch: number;
  /** Seconds since the training began, pauses left out. */
  readonly time: number;
  readonly train: Metrics;
  readonly validation: Metrics;
}

export interface Curves {
  readonly source: "events" | "table" | "none";
  readonly points: readonly CurvePoint[];
  /** What could not be read, in words. */
  readonly problems: readonly string[];
}

/** Never throws: what cannot be read is among the problems. Losses are means over samples, also those of ClinicaDL. */
export async function readCurves(maps: string, split: number, network: number | null): Promise<Curves> {
  const log = await readEvents(mapsPlace(maps).split(split).network(network).eventsJsonl).catch(() => null);
  if (log !== null && log.events.length > 0) return curvesOfLog(log);
  try {
    const place = (await findPlace(maps)).split(split).network(network);
    const rows = await readTrainingTsv(place.trainingTsv);
    if (rows.length === 0) return { source: "none", points: [], problems: [NO_EPOCH] };
    const { train, validation } = await lossDivisors(maps, split);
    const known = train !== null && validation !== null;
    const points = rows.map((row) => ({
      epoch: row.epoch,
      batch: row.iteration,
      time: row.time,
      train: withMeanLoss(row.train, train),
      validation: withMeanLoss(row.validation, validation),
    }));
    return { source: "table", points, problems: known ? [] : [UNKNOWN_SCALE] };
  } catch (error) {
    const absent = error instanceof Error && "code" in error && error.code === "ENOENT";
    return { source: "none", points: [], problems: absent ? [] : [String(error)] };
  }
}

function curvesOfLog({ events, problems }: EventsRead): Curves {
  const points: CurvePoint[] = [];
  let began = 0;
  let last = 0;
  for (const event of withoutRepeated(events)) {
    // The time between an end and a resumption is not training.
    if (event.kind === "start") began += event.time - last;
    last = event.time;
    if (event.kind !== "epoch" && event.kind !== "evaluation") continue;
    const { epoch, batch, train, validation } = event;
    points.push({ epoch, batch, time: (event.time - began) / 1000, train, validation });
  }
  return {
    source: "events",
    points,
    problems: problems.map(({ line, message }) => `Event log, line ${line}: ${message}`),
  };
}

/**
 * The events that count: a resumed training runs everything after its checkpoint again, so what the log holds of that from
 * before the resumption is void.
 */
export function withoutRepeated(events: readonly RunEvent[]): RunEvent[] {
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
      return event.epoch >= epoch;
    case "batch":
      return event.epoch > epoch || (event.epoch === epoch && event.batch >= batch);
    case "evaluation":
      // The one that is due just before that batch is made again.
      return event.epoch > epoch || (event.epoch === epoch && event.batch >= batch - 1);
  }
}

/** ClinicaDL from 1.6.0 on leaves out the row at the end of an epoch: by default its table is a header alone. */
const NO_EPOCH =
  "training.tsv holds no epoch, so there are no curves: ClinicaDL from 1.6.0 on only writes what it evaluates within epochs (evaluation_steps).";

const UNKNOWN_SCALE =
  "The losses are sums over batches whose number cannot be found out (maps.json or groups are damaged): they are left out.";

/** By what the losses in a MAPS are to be divided to be means over samples; null where that cannot be found out. */
export interface LossDivisors {
  readonly train: number | null;
  readonly validation: number | null;
}

/**
 * ClinicaDL's loss of a set is the sum of the means of its batches: their number is the divisor. Gyrus's is a mean already.
 */
export async function lossDivisors(maps: string, split: number): Promise<LossDivisors> {
  const parameters = await readMapsJson(maps).catch(() => null);
  if (parameters === null) return { train: null, validation: null };
  if (parameters.gyrusVersion !== null) return { train: 1, validation: 1 };
  const { json, partsPerImage } = parameters;
  const { batch_size, multi_network } = json;
  const parts = multi_network === true ? 1 : partsPerImage;
  const place = await findPlace(maps);
  const batches = async (group: string) => {
    const { rows } = await readGroup(place.group(group, split));
    const count = typeof batch_size === "number" ? Math.ceil((rows.length * parts) / batch_size) : 0;
    return count > 0 ? count : null;
  };
  const [train = null, validation = null] = await Promise.all(
    ["train", "validation"].map((group) => batches(group).catch(() => null)),
  );
  return { train, validation };
}

/** The loss divided, or left out where the divisor is not known. */
export function withMeanLoss({ loss, ...metrics }: Metrics, divisor: number | null): Metrics {
  return loss === undefined || divisor === null ? metrics : { ...metrics, loss: loss / divisor };
}
