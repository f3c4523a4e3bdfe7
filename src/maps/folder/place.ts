/**
 * Where things stand in a MAPS, as one object: `mapsPlace(maps).split(0).network(3).eventsJsonl`. Its fields say which MAPS, split,
 * network, selection metric and data group are meant; its getters say the paths. ClinicaDL 1.6's tree; what Gyrus adds is marked
 * (Gyrus).
 */
import { join } from "node:path";
import type { Mode } from "../../experiment/schema/preprocessing";

/** The first MAPS of ClinicaDL named the folders of splits `fold-<i>`; such a MAPS is read, never written. */
export type SplitPrefix = "split" | "fold";

/** @param prefix how the folders of its splits are named: `findPlace` looks, where another version may have made the MAPS */
export function mapsPlace(folder: string, prefix: SplitPrefix = "split"): MapsPlace {
  return new MapsPlace(folder, prefix);
}

class MapsPlace {
  constructor(
    readonly folder: string,
    readonly prefix: SplitPrefix,
  ) {}

  split(split: number): SplitPlace {
    return new SplitPlace(this, split);
  }

  /** `split` only for the groups of the training (`SPLIT_GROUPS`), which have a table for each split. */
  group(group: string, split?: number): GroupPlace {
    const folder = join(this.groups, group);
    return new GroupPlace(
      group,
      split,
      split === undefined ? folder : join(folder, `${this.prefix}-${split}`),
    );
  }

  /** Experiment of the whole MAPS, with every default filled in. */
  get mapsJson(): string {
    return join(this.folder, "maps.json");
  }
  /** (Gyrus) What the audit of the data said when the training began. */
  get auditJson(): string {
    return join(this.folder, "audit.json");
  }
  get environmentTxt(): string {
    return join(this.folder, "environment.txt");
  }
  get informationLog(): string {
    return join(this.folder, "information.log");
  }
  /** (Gyrus) Who trained here, in a MAPS of the first version: since then each unit has a record of its own. */
  get runJson(): string {
    return join(this.folder, "run.json");
  }
  /** (Gyrus) Held by a process for the moment in which it takes a unit, or makes the MAPS. */
  get guard(): string {
    return join(this.folder, "run.json.lock");
  }
  /** (Gyrus) A request to stop all units, written by the editor or by hand; removed by the last trainer that obeys it. */
  get stopJson(): string {
    return join(this.folder, "stop.json");
  }
  /** (Gyrus) What the trainer printed. */
  get trainerLog(): string {
    return join(this.folder, "trainer.log");
  }
  /** (Gyrus) What was given to a cluster, and what its tasks say of themselves (src/cluster/records.ts). */
  get cluster(): string {
    return join(this.folder, "cluster");
  }
  /** (Gyrus) The predictions of a group that a cluster was given, and what its tasks answer (src/cluster/predictions.ts). */
  predictionJobs(group: string): string {
    return join(this.predictions, group);
  }
  /** (Gyrus) The same of all groups. */
  get predictions(): string {
    return join(this.cluster, "predictions");
  }
  get groups(): string {
    return join(this.folder, "groups");
  }
  get trainValidationTsv(): string {
    return join(this.groups, "train+validation.tsv");
  }
  /** (Gyrus) How the images of these sessions are stored. */
  get trainingSpaceTsv(): string {
    return join(this.groups, "train+validation_space.tsv");
  }
  /** (Gyrus) By which voxels the images of these sessions are known. */
  get trainingScansTsv(): string {
    return join(this.groups, "train+validation_scans.tsv");
  }
}

class GroupPlace {
  constructor(
    readonly group: string,
    readonly split: number | undefined,
    readonly folder: string,
  ) {}

  /** The same files in another folder, in which they are written first. */
  at(folder: string): GroupPlace {
    return new GroupPlace(this.group, this.split, folder);
  }

  get dataTsv(): string {
    return join(this.folder, "data.tsv");
  }
  get mapsJson(): string {
    return join(this.folder, "maps.json");
  }
  /** (Gyrus) Who of the table was left out, where somebody was. */
  get leftOutTsv(): string {
    return join(this.folder, "left_out.tsv");
  }
  /** (Gyrus) By which thresholds the group is judged, where somebody chose one. */
  get thresholdJson(): string {
    return join(this.folder, "threshold.json");
  }
}

class SplitPlace {
  constructor(
    readonly maps: MapsPlace,
    readonly split: number,
  ) {}

  /** `network`: place of its part in a multi-network, null where one network sees all. */
  network(network: number | null = null): NetworkPlace {
    return new NetworkPlace(this.maps, this.split, network);
  }

  /** `metric`: a selection metric. */
  best(metric: string): BestPlace {
    return new BestPlace(this.maps, this.split, metric);
  }

  get folder(): string {
    return join(this.maps.folder, `${this.maps.prefix}-${this.split}`);
  }
  /** (Gyrus) Landmarks of the histograms of its training set, where values are normalised by them. */
  get landmarksJson(): string {
    return join(this.folder, "landmarks.json");
  }
  /** Checkpoints of a split that still trains. Removed when it is finished. */
  get tmp(): string {
    return join(this.folder, "tmp");
  }
}

class NetworkPlace {
  constructor(
    readonly maps: MapsPlace,
    readonly split: number,
    readonly network: number | null,
  ) {}

  /** (Gyrus) ClinicaDL keeps the checkpoints of all networks of a split in the same files. */
  get checkpoints(): string {
    return this.#own(this.#split.tmp);
  }
  get logs(): string {
    return this.#own(join(this.#split.folder, "training_logs"));
  }
  get trainingTsv(): string {
    return join(this.logs, "training.tsv");
  }
  /** (Gyrus) The event log. */
  get eventsJsonl(): string {
    return join(this.logs, "events.jsonl");
  }
  /** (Gyrus) Who trains this unit: pid, host, heartbeat. */
  get runJson(): string {
    return join(this.logs, "run.json");
  }
  /** (Gyrus) A request to stop this unit alone. */
  get stopJson(): string {
    return join(this.logs, "stop.json");
  }
  /** (Gyrus) With a transfer: which tensors were taken from where. */
  get transferJson(): string {
    return join(this.logs, "transfer.json");
  }
  /** (Gyrus) Validation images as an autoencoder reconstructs them at its best epochs. */
  get reconstructions(): string {
    return join(this.logs, "reconstructions");
  }
  /** Planes of them, at one best epoch. */
  reconstructionPlanes(epoch: number): string {
    return join(this.reconstructions, `epoch-${epoch}.planes`);
  }
  /** All of them, at the last best epoch. */
  get reconstructionVolumes(): string {
    return join(this.reconstructions, "volumes");
  }
  /** Weights of the best epoch by a selection metric. */
  bestModel(metric: string): string {
    return join(this.#split.best(metric).folder, this.#named("model.pth.tar"));
  }
  /** With `save_all_models`: the weights after an epoch. */
  epochModel(epoch: number): string {
    return join(this.#split.folder, "all_models", this.#named(`model_epoch_${epoch}.pth.tar`));
  }

  get #split(): SplitPlace {
    return this.maps.split(this.split);
  }
  #own(folder: string): string {
    return this.network === null ? folder : join(folder, `network-${this.network}`);
  }
  #named(file: string): string {
    return this.network === null ? file : `network-${this.network}_${file}`;
  }
}

class BestPlace {
  constructor(
    readonly maps: MapsPlace,
    readonly split: number,
    readonly metric: string,
  ) {}

  /** What the best models answered for a data group. */
  results(group: string): ResultsPlace {
    return new ResultsPlace(this, group);
  }

  get folder(): string {
    return join(this.maps.split(this.split).folder, `best-${this.metric}`);
  }
}

class ResultsPlace {
  constructor(
    readonly best: BestPlace,
    readonly group: string,
    readonly folder = join(best.folder, group),
  ) {}

  /** The same files in another folder, in which they are written first. */
  at(folder: string): ResultsPlace {
    return new ResultsPlace(this.best, this.group, folder);
  }

  get descriptionLog(): string {
    return join(this.folder, "description.log");
  }
  /** `level`: the mode, or "image" for the result of voting. For image mode the two names are one. */
  predictionTsv(level: Mode): string {
    return join(this.folder, `${this.group}_${level}_level_prediction.tsv`);
  }
  metricsTsv(level: Mode): string {
    return join(this.folder, `${this.group}_${level}_level_metrics.tsv`);
  }
}

export type { BestPlace, GroupPlace, MapsPlace, NetworkPlace, ResultsPlace, SplitPlace };
