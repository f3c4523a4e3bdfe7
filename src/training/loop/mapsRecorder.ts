/** Keeps the training of one network in a MAPS: event log, training.tsv, best models, checkpoints. */
import { existsSync } from "node:fs";
import type { ModelState } from "../../engine/engine";
import { writeFolder } from "../../files/wholeFolder";
import { EventLog } from "../../maps/events/eventLog";
import type { NetworkPlace } from "../../maps/folder/place";
import { forgetPlanes, writePlanes } from "../../maps/reconstructions/planesFile";
import { readTrainingTsv, type TrainingRow, TrainingTsv } from "../../maps/tables/trainingTsv";
import type { Checkpoints } from "../../maps/weights/checkpoint";
import { saveModel } from "../../maps/weights/model";
import type { StateDict } from "../../network/weights/tensor";
import type { RunEvent, RunEventBody } from "../../run/events";
import type { KeptImage } from "../../space/keptPlanes";
import type { Task } from "../../statistics/task";
import type { Recorder } from "./recorder";
import type { TrainingProgress } from "./trainingProgress";

/** Gets every event, as it is written to the log of its network. */
export type RunObserver = (event: RunEvent, place: NetworkPlace) => void;

export interface RecorderOptions {
  readonly task: Task;
  readonly architecture: string;
  readonly seed: number;
  readonly checkpoints: Checkpoints;
  readonly observer: RunObserver;
  /** Throws when the MAPS is gone. Asked before a file is made, which would make its folder too. */
  readonly requireMaps: () => void;
}

export class MapsRecorder implements Recorder {
  readonly #place: NetworkPlace;
  readonly #options: RecorderOptions;
  readonly #log: EventLog;
  readonly #table: TrainingTsv;

  private constructor(
    place: NetworkPlace,
    options: RecorderOptions,
    log: EventLog,
    table: TrainingTsv,
    /** Whether this network was trained before, if only to be stopped at once. */
    readonly continues: boolean,
  ) {
    this.#place = place;
    this.#options = options;
    this.#log = log;
    this.#table = table;
  }

  /** @param start where the training begins: what was recorded beyond it will be made again, and its rows are dropped */
  static async open(
    place: NetworkPlace,
    options: RecorderOptions,
    start: TrainingProgress,
  ): Promise<MapsRecorder> {
    const file = place.trainingTsv;
    const rows = existsSync(file) ? await readTrainingTsv(file) : [];
    const kept = rows.filter((row) => isBefore(row, start));
    await forgetPlanes(place, start.epoch);
    const log = EventLog.open(place.eventsJsonl);
    const table = await TrainingTsv.create(file, options.task, kept);
    return new MapsRecorder(place, options, log, table, log.seq > 0);
  }

  event(body: RunEventBody): void {
    this.#options.observer(this.#log.append(body), this.#place);
  }

  async row(row: TrainingRow): Promise<void> {
    this.#table.append(row);
  }

  async best(metrics: readonly string[], epoch: number, state: StateDict): Promise<void> {
    this.#options.requireMaps();
    const [file, ...others] = metrics.map((metric) => this.#place.bestModel(metric));
    if (file !== undefined) await saveModel(file, { state, epoch, name: this.#options.architecture }, others);
  }

  async everyEpoch(epoch: number, state: StateDict): Promise<void> {
    this.#options.requireMaps();
    const file = this.#place.epochModel(epoch);
    await saveModel(file, { state, epoch, name: this.#options.architecture });
  }

  async reconstructions(
    epoch: number,
    planes: readonly KeptImage[],
    volumes: (folder: string) => Promise<void>,
  ): Promise<void> {
    this.#options.requireMaps();
    await writePlanes(this.#place.reconstructionPlanes(epoch), planes);
    await writeFolder(this.#place.reconstructionVolumes, async (temporary) => {
      await volumes(temporary);
      return true;
    });
  }

  async checkpoint(progress: TrainingProgress, model: ModelState): Promise<void> {
    const { checkpoints, seed, requireMaps } = this.#options;
    requireMaps();
    const state = { progress, seed, eventSeq: this.#log.seq };
    if (progress.ended === null) await checkpoints.save({ ...state, model });
    else await checkpoints.finish(state);
  }

  close(): void {
    this.#log.close();
  }
}

/** The row of the evaluation that is due at the very place where the training goes on is made again. */
function isBefore(row: TrainingRow, { epoch, batch }: TrainingProgress): boolean {
  return row.epoch < epoch || (row.epoch === epoch && row.iteration < batch - 1);
}
