/** Curves of a MAPS without event log: ClinicaDL's training.tsv, with losses that can be compared with ours. */

import type { TableRow } from "../../../webview/training/messages";
import { readGroup } from "../../maps/groups";
import { trainingTsv } from "../../maps/layout";
import { readMapsJson } from "../../maps/mapsJson";
import { readTrainingTsv } from "../../maps/trainingTsv";

/**
 * Rows of one network. ClinicaDL's loss is the sum of the mean losses of its batches, which grows with the number of images;
 * it is divided by the number of batches here. Gyrus's is a mean already.
 */
export async function readCurves(maps: string, split: number, network: number | null): Promise<TableRow[]> {
  const rows = await readTrainingTsv(trainingTsv(maps, split, network));
  const batches = await summedBatches(maps, split, network);
  return rows.map(({ epoch, iteration, time, train, validation }) => ({
    epoch,
    batch: iteration,
    time,
    train: divided(train, batches.train),
    validation: divided(validation, batches.validation),
  }));
}

function divided(metrics: TableRow["train"], batches: number): TableRow["train"] {
  const { loss } = metrics;
  return loss === undefined ? metrics : { ...metrics, loss: loss / batches };
}

/** Number of batches that a loss of this MAPS sums: that of each set for ClinicaDL, 1 for Gyrus or when it is not known. */
async function summedBatches(maps: string, split: number, network: number | null) {
  const { json, gyrusVersion, partsPerImage } = await readMapsJson(maps);
  const batchSize = json.batch_size;
  const count = async (group: string) => {
    if (gyrusVersion !== null || typeof batchSize !== "number") return 1;
    const images = await readGroup(maps, group, split).then(
      ({ rows }) => rows.length,
      () => 0,
    );
    const samples = images * (network === null ? partsPerImage : 1);
    return Math.max(1, Math.ceil(samples / batchSize));
  };
  return { train: await count("train"), validation: await count("validation") };
}
