/**
 * What a panel knows of one trained network: the reducer of its event log (or of ClinicaDL's training.tsv) into columns.
 * The same code replays a finished run, follows a live one and runs in the tests.
 */
import type { BestEpoch, EndReason, Metrics, RunEvent, StoppingState } from "../../../src/run/events";
import { Column } from "../../shared/chart/column";
import type { TableRow } from "../messages";
import { bestOfRows } from "./selection";
import { replayStopping } from "./stopping";

export type MetricSet = "train" | "validation";
export type StartEvent = Extract<RunEvent, { kind: "start" }>;

/** The end of an epoch. What ClinicaDL's table does not hold is null. */
export interface EpochRow {
  readonly epoch: number;
  readonly seconds: number | null;
  readonly train: Metrics;
  readonly validation: Metrics;
  readonly confusion: readonly (readonly number[])[] | null;
  readonly improved: readonly string[];
  readonly learningRate: number | null;
}

/** Where the training stands between two events. */
export type Progress =
  | { readonly kind: "waiting" }
  | { readonly kind: "training"; readonly epoch: number; readonly batch: number }
  | {
      readonly kind: "evaluating";
      readonly epoch: number;
      readonly set: MetricSet;
      readonly done: number;
      readonly of: number;
    };

/** How a run without event log is to be judged: the settings of its maps.json. */
export interface TableRules {
  readonly selectionMetrics: readonly string[];
  readonly patience: number;
  readonly tolerance: number;
}

export class Track {
  /** The next event that is waited for. */
  nextSeq = 0;
  start: StartEvent | null = null;
  end: { readonly reason: EndReason; readonly message: string } | null = null;
  /** What the best models reached, of a run without event log, whose table may hold no epoch; null of a run with one. */
  reached: Readonly<Record<string, number>> | null = null;
  progress: Progress = { kind: "waiting" };
  best: Readonly<Record<string, BestEpoch>> = {};
  stopping: StoppingState | null = null;
  readonly epochs: EpochRow[] = [];
  /** Micro-batches of the training. `position`: epochs done, with fraction. `elapsed`: seconds, pauses between resumptions left out. */
  readonly batches = {
    position: new Column(),
    elapsed: new Column(),
    loss: new Column(),
    samples: new Column(),
    seconds: new Column(),
  };
  /** Evaluations within and at the end of epochs. */
  readonly evaluations = { position: new Column(), elapsed: new Column() };
  readonly #metrics = new Map<string, Column>();
  #elapsed = 0;
  #lastTime: number | null = null;

  /** Takes the next events; those that are known already are passed over. */
  apply(events: readonly RunEvent[]): void {
    for (const event of events) {
      if (event.seq < this.nextSeq) continue;
      this.#tick(event);
      this.#reduce(event);
      this.nextSeq = event.seq + 1;
    }
  }

  /** Takes a whole training.tsv instead of events, and what the tables of the best models say. */
  applyTable(
    rows: readonly TableRow[],
    rules: TableRules,
    reached: Readonly<Record<string, number>> = {},
  ): void {
    this.reached = reached;
    const batchesPerEpoch = rows.reduce((most, row) => Math.max(most, row.batch + 1), 1);
    rows.forEach((row, i) => {
      this.#addEvaluation(row.epoch + (row.batch + 1) / batchesPerEpoch, row.time, row.train, row.validation);
      const last = rows[i + 1]?.epoch !== row.epoch;
      if (last)
        this.epochs.push({
          epoch: row.epoch,
          seconds: null,
          train: row.train,
          validation: row.validation,
          confusion: null,
          improved: [],
          learningRate: null,
        });
    });
    this.best = bestOfRows(this.epochs, rules.selectionMetrics);
    this.stopping = replayStopping(
      this.epochs.map(({ validation }) => validation.loss ?? Number.NaN),
      rules,
    );
  }

  /** Names of the metrics that were measured, in the order in which they came. */
  get metricNames(): readonly string[] {
    return [...new Set([...this.#metrics.keys()].map((key) => key.slice(key.indexOf(".") + 1)))];
  }

  /** Values of a metric, one for each evaluation; NaN where it was not measured. */
  metric(set: MetricSet, name: string): Float64Array {
    return this.#metrics.get(`${set}.${name}`)?.view() ?? new Float64Array(0);
  }

  /** Seconds of training so far, pauses left out. */
  get elapsed(): number {
    return this.#elapsed;
  }

  #tick(event: RunEvent): void {
    if (this.#lastTime !== null && event.kind !== "start")
      this.#elapsed += Math.max(0, event.time - this.#lastTime) / 1000;
    this.#lastTime = event.time;
  }

  #reduce(event: RunEvent): void {
    switch (event.kind) {
      case "start":
        if (this.start !== null) this.#forgetFrom(event.resumedAt ?? { epoch: 0, batch: 0 });
        this.start = event;
        this.end = null;
        this.progress = { kind: "waiting" };
        return;
      case "batch":
        this.batches.position.push(this.#position(event.epoch, event.batch));
        this.batches.elapsed.push(this.#elapsed);
        this.batches.loss.push(event.loss);
        this.batches.samples.push(event.samples);
        this.batches.seconds.push(event.seconds);
        this.progress = { kind: "training", epoch: event.epoch, batch: event.batch };
        return;
      case "evaluating":
        this.progress = { ...event, kind: "evaluating" };
        return;
      case "evaluation":
        this.#addEvaluation(
          this.#position(event.epoch, event.batch),
          this.#elapsed,
          event.train,
          event.validation,
        );
        this.progress = { kind: "training", epoch: event.epoch, batch: event.batch };
        return;
      case "epoch":
        this.#addEvaluation(event.epoch + 1, this.#elapsed, event.train, event.validation);
        this.epochs.push(event);
        this.best = event.best;
        this.stopping = event.stopping;
        this.progress = { kind: "training", epoch: event.epoch, batch: event.batch };
        return;
      case "end":
        this.end = { reason: event.reason, message: event.message };
        this.progress = { kind: "waiting" };
        return;
    }
  }

  #position(epoch: number, batch: number): number {
    return epoch + (batch + 1) / (this.start?.batchesPerEpoch ?? 1);
  }

  #addEvaluation(position: number, elapsed: number, train: Metrics, validation: Metrics): void {
    const { evaluations } = this;
    const last = evaluations.position.length - 1;
    // An evaluation within the epoch may fall on its last batch: the end of the epoch says the same again.
    if (last >= 0 && evaluations.position.at(last) === position) this.#truncateEvaluations(last);
    const row = evaluations.position.length;
    evaluations.position.push(position);
    evaluations.elapsed.push(elapsed);
    for (const [set, metrics] of [
      ["train", train],
      ["validation", validation],
    ] as const) {
      for (const [name, value] of Object.entries(metrics)) {
        const key = `${set}.${name}`;
        const column = this.#metrics.get(key) ?? new Column();
        this.#metrics.set(key, column);
        column.padTo(row);
        column.push(value);
      }
    }
    for (const column of this.#metrics.values()) column.padTo(row + 1);
  }

  #truncateEvaluations(length: number): void {
    this.evaluations.position.truncate(length);
    this.evaluations.elapsed.truncate(length);
    for (const column of this.#metrics.values()) column.truncate(length);
  }

  /** A resumption does again what came after its checkpoint: those points must not stand twice. */
  #forgetFrom({ epoch, batch }: { readonly epoch: number; readonly batch: number }): void {
    const from = this.#position(epoch, batch - 1) + 1e-9;
    const kept = (positions: Column) => {
      let length = positions.length;
      while (length > 0 && positions.at(length - 1) > from) length--;
      return length;
    };
    const batches = kept(this.batches.position);
    for (const column of Object.values(this.batches)) column.truncate(batches);
    this.#truncateEvaluations(kept(this.evaluations.position));
    while (this.epochs.length > 0 && this.epochs.at(-1)!.epoch >= epoch) this.epochs.pop();
    if (this.epochs.length === 0) {
      this.best = {};
      this.stopping = null;
    }
  }
}
