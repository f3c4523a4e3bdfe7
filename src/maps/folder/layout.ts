/**
 * Where things stand in a MAPS. ClinicaDL 1.6's tree; what Gyrus adds is marked (Gyrus).
 */
import { join } from "node:path";

/** Experiment of the whole MAPS, with every default filled in. */
export const mapsJson = (maps: string) => join(maps, "maps.json");
export const environmentTxt = (maps: string) => join(maps, "environment.txt");
export const informationLog = (maps: string) => join(maps, "information.log");
/** (Gyrus) Who trains here: pid, host, heartbeat. */
export const runJson = (maps: string) => join(maps, "run.json");
/** (Gyrus) A request to stop, written by the editor or by hand; removed by the trainer that obeys it. */
export const stopJson = (maps: string) => join(maps, "stop.json");
/** (Gyrus) What the trainer printed. */
export const trainerLog = (maps: string) => join(maps, "trainer.log");

export const groupsFolder = (maps: string) => join(maps, "groups");
export const trainValidationTsv = (maps: string) => join(groupsFolder(maps), "train+validation.tsv");
/** `split` only for the groups "train" and "validation", which have a table for each split. */
export const groupFolder = (maps: string, group: string, split?: number, prefix: SplitPrefix = "split") => {
  const folder = join(groupsFolder(maps), group);
  return split === undefined ? folder : join(folder, `${prefix}-${split}`);
};

/** The first MAPS of ClinicaDL named the folders of splits `fold-<i>`; such a MAPS is read, never written. */
export type SplitPrefix = "split" | "fold";

export const splitFolder = (maps: string, split: number, prefix: SplitPrefix = "split") =>
  join(maps, `${prefix}-${split}`);
/** Checkpoints of a split that still trains. Removed when it is finished. */
export const tmpFolder = (maps: string, split: number) => join(splitFolder(maps, split), "tmp");
/** (Gyrus) Those of one network: ClinicaDL keeps all networks of a split in the same files. */
export const checkpointFolder = (maps: string, split: number, network: number | null) =>
  network === null ? tmpFolder(maps, split) : join(tmpFolder(maps, split), `network-${network}`);
export const trainingLogs = (
  maps: string,
  split: number,
  network: number | null = null,
  prefix: SplitPrefix = "split",
) => {
  const logs = join(splitFolder(maps, split, prefix), "training_logs");
  return network === null ? logs : join(logs, `network-${network}`);
};
export const trainingTsv = (
  maps: string,
  split: number,
  network: number | null = null,
  prefix: SplitPrefix = "split",
) => join(trainingLogs(maps, split, network, prefix), "training.tsv");
/** (Gyrus) See events.ts. */
export const eventsJsonl = (maps: string, split: number, network: number | null = null) =>
  join(trainingLogs(maps, split, network), "events.jsonl");

export const bestFolder = (maps: string, split: number, metric: string, prefix: SplitPrefix = "split") =>
  join(splitFolder(maps, split, prefix), `best-${metric}`);
export const bestModel = (
  maps: string,
  split: number,
  metric: string,
  network: number | null = null,
  prefix: SplitPrefix = "split",
) =>
  join(
    bestFolder(maps, split, metric, prefix),
    network === null ? "model.pth.tar" : `network-${network}_model.pth.tar`,
  );
export const resultsFolder = (
  maps: string,
  split: number,
  metric: string,
  group: string,
  prefix: SplitPrefix = "split",
) => join(bestFolder(maps, split, metric, prefix), group);
/** With `save_all_models`: the weights after an epoch. */
export const epochModel = (maps: string, split: number, epoch: number, network: number | null = null) => {
  const name = `model_epoch_${epoch}.pth.tar`;
  const folder = join(splitFolder(maps, split), "all_models");
  return join(folder, network === null ? name : `network-${network}_${name}`);
};
/** (Gyrus) With a transfer: which tensors were taken from where. */
export const transferJson = (maps: string, split: number, network: number | null = null) =>
  join(trainingLogs(maps, split, network), "transfer.json");
