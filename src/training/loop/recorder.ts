/**
 * What a training leaves behind, one network at a time. mapsRecorder.ts writes it to a MAPS; tests keep it in memory.
 */
import type { ModelState } from "../../engine/engine";
import type { TrainingRow } from "../../maps/tables/trainingTsv";
import type { StateDict } from "../../network/weights/tensor";
import type { RunEventBody } from "../../run/events";
import type { KeptImage } from "../../space/keptPlanes";
import type { TrainingProgress } from "./trainingProgress";

export interface Recorder {
  event(body: RunEventBody): void;
  row(row: TrainingRow): Promise<void>;
  /** The weights after `epoch`, which is the best by each of `metrics`. */
  best(metrics: readonly string[], epoch: number, parameters: StateDict): Promise<void>;
  /** The weights after every epoch, with `save_all_models`. */
  everyEpoch(epoch: number, parameters: StateDict): Promise<void>;
  /** Planes of validation images as they are reconstructed after `epoch`, the best one, and all of their voxels, which `volumes` writes into a folder. */
  reconstructions(
    epoch: number,
    planes: readonly KeptImage[],
    volumes: (folder: string) => Promise<void>,
  ): Promise<void>;
  /** All that a resumption needs. Written last: what stands in the MAPS beyond it is made again. */
  checkpoint(progress: TrainingProgress, model: ModelState): Promise<void>;
}
