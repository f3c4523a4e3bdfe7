import type { ModelState } from "../../src/engine/engine";
import type { TrainingRow } from "../../src/maps/tables/trainingTsv";
import type { RunEventBody } from "../../src/run/events";
import type { Recorder } from "../../src/training/loop/recorder";
import type { TrainingProgress } from "../../src/training/loop/trainingProgress";

/** Keeps what a training leaves behind, and the order in which it did. */
export class MemoryRecorder implements Recorder {
  readonly events: RunEventBody[] = [];
  readonly rows: TrainingRow[] = [];
  readonly bests: { metrics: readonly string[]; epoch: number; weight: number }[] = [];
  readonly kept: number[] = [];
  /** Kinds of everything, in order: events by kind, then `best`, `row`, `kept`, `checkpoint`. */
  readonly order: string[] = [];
  last: { progress: TrainingProgress; model: ModelState } | null = null;

  event(body: RunEventBody): void {
    this.events.push(body);
    this.order.push(body.kind);
  }

  async row(row: TrainingRow): Promise<void> {
    this.rows.push(row);
    this.order.push("row");
  }

  async best(metrics: readonly string[], epoch: number, parameters: ModelState["parameters"]): Promise<void> {
    this.bests.push({ metrics, epoch, weight: Number(parameters.get("fc.weight")?.data[0]) });
    this.order.push("best");
  }

  async everyEpoch(epoch: number): Promise<void> {
    this.kept.push(epoch);
    this.order.push("kept");
  }

  async reconstructions(epoch: number): Promise<void> {
    this.order.push(`reconstructions ${epoch}`);
  }

  async checkpoint(progress: TrainingProgress, model: ModelState): Promise<void> {
    this.last = structuredClone({ progress, model });
    this.order.push("checkpoint");
  }
}
