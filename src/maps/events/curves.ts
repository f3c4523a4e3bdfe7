/** What is known of the training of one network: from its event log, or from training.tsv where there is none. */

import { readingProblems } from "../../experiment/file/fileProblem";
import { warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { codeOf } from "../../messages/codeOf";
import type { Metrics } from "../../run/events";
import { type EvaluationRow, type TableRules, Track } from "../../run/track";
import { readGroup } from "../folder/groups";
import { readMapsJson } from "../folder/mapsJson";
import type { NetworkPlace, SplitPlace } from "../folder/place";
import { readTrainingTsv } from "../tables/trainingTsv";
import { TrackTail } from "./trackTail";

export interface Curves {
  readonly source: "events" | "table" | "none";
  readonly track: Track;
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

/**
 * Never throws: what cannot be read is among the problems. Losses are means over samples, also those of ClinicaDL.
 * @param log of who reads again and again, so that each time only what is new is read
 */
export async function readCurves(
  place: NetworkPlace,
  rules: TableRules,
  log = new TrackTail(place.eventsJsonl),
): Promise<Curves> {
  const isRead = await log.read().then(
    () => true,
    () => false,
  );
  if (isRead && log.track.nextSeq > 0) return { source: "events", track: log.track, problems: log.problems };
  const { rows, problems } = await readTable(place);
  const track = new Track();
  track.applyTable(rows, rules);
  return { source: rows.length > 0 ? "table" : "none", track, problems };
}

/** The rows of training.tsv, none where there is no table, and what could not be read. Never throws. */
export async function readTable(
  place: NetworkPlace,
): Promise<{ readonly rows: readonly EvaluationRow[]; readonly problems: readonly Problem[] }> {
  try {
    const rows = await readTrainingTsv(place.trainingTsv);
    // ClinicaDL from 1.6.0 on leaves out the row at the end of an epoch: by default its table is a header alone.
    if (rows.length === 0) return { rows: [], problems: [warning("curves.no-epoch", {})] };
    const { train, validation } = await lossDivisors(place.maps.split(place.split));
    const known = train !== null && validation !== null;
    return {
      rows: rows.map((row) => ({
        epoch: row.epoch,
        batch: row.iteration,
        time: row.time,
        train: withMeanLoss(row.train, train),
        validation: withMeanLoss(row.validation, validation),
      })),
      problems: known ? [] : [warning("curves.unknown-scale", {})],
    };
  } catch (error) {
    return {
      rows: [],
      problems: codeOf(error) === "ENOENT" ? [] : readingProblems(error, place.trainingTsv),
    };
  }
}

/** By what the losses in a MAPS are to be divided to be means over samples; null where that cannot be found out. */
export interface LossDivisors {
  readonly train: number | null;
  readonly validation: number | null;
}

/**
 * ClinicaDL's loss of a set is the sum of the means of its batches: their number is the divisor. Gyrus's is a mean already.
 */
export async function lossDivisors({ maps, split }: SplitPlace): Promise<LossDivisors> {
  const parameters = await readMapsJson(maps.folder).catch(() => null);
  if (parameters === null) return { train: null, validation: null };
  if (parameters.gyrusVersion !== null) return { train: 1, validation: 1 };
  const { json, partsPerImage } = parameters;
  const { batch_size, multi_network } = json;
  const parts = multi_network === true ? 1 : partsPerImage;
  const batches = async (group: string) => {
    const { rows } = await readGroup(maps.group(group, split));
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
