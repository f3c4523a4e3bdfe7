/**
 * What is known of one trained network: the one reducer of its event log, or of ClinicaDL's training.tsv. Terminal, tree, panel and
 * comparison all fold with it. It takes events as they come; batches, by far the most numerous, are columns of numbers.
 */
import { Column } from "./column";
import type { BestEpochs, EventOf, Metrics, RunEvent, StoppingState } from "./events";
import { selectBest } from "./selection";
import { observeLoss, type StoppingRule, startStopping } from "./stopping";

export type MetricSet = "train" | "validation";

/** The end of an epoch. What ClinicaDL's table does not hold is null. */
export interface EpochRow {
  readonly epoch: number;
  readonly seconds: number | null;
  /** Of these: those in which the device waited for images. What the first version trained does not say. */
  readonly waited: number | null;
  /** A resumption began in its middle: `seconds` are those since then. */
  readonly resumed: boolean;
  readonly train: Metrics;
  readonly validation: Metrics;
  /** Metrics of each set that the epoch left without a value: they are absent from its metrics. */
  readonly undefinedMetrics: Readonly<Record<MetricSet, readonly string[]>>;
  readonly confusion: readonly (readonly number[])[] | null;
  readonly improved: readonly string[];
  readonly best: BestEpochs;
  readonly stopping: StoppingState;
  readonly learningRate: number | null;
}

/** Where the training stands between two events. `batches`: how many of this epoch are done. */
export type Progress =
  | { readonly kind: "waiting"; readonly epoch: number; readonly batches: number }
  | { readonly kind: "training"; readonly epoch: number; readonly batches: number }
  | {
      readonly kind: "evaluating";
      readonly epoch: number;
      readonly set: MetricSet;
      readonly done: number;
      readonly of: number;
    };

/** A row of training.tsv: an evaluation of both sets, at the end of an epoch or within one. */
export interface EvaluationRow {
  readonly epoch: number;
  /** Index of the last batch before the evaluation. */
  readonly batch: number;
  /** Seconds since the training began, pauses left out. */
  readonly time: number;
  readonly train: Metrics;
  readonly validation: Metrics;
}

/** Validation images that were kept as the network reconstructed them at a best epoch. */
export type KeptReconstructions = Pick<EventOf<"reconstruction">, "epoch" | "images">;

/** How a run without event log is to be judged: the settings of its maps.json. */
export interface TableRules extends StoppingRule {
  readonly selectionMetrics: readonly string[];
}

/** Far less than a batch of an epoch. */
const TINY = 1e-9;

const NONE_UNDEFINED = { train: [], validation: [] };

/** Far more than there are. */
const MOST_METRICS = 512;

const BEGINNING = { epoch: 0, batch: 0 };

/** The metrics of an evaluation without those that it leaves undefined. */
function definedMetrics({
  train,
  validation,
  undefinedMetrics,
}: EventOf<"epoch"> | EventOf<"evaluation">): Readonly<Record<MetricSet, Metrics>> {
  if (undefinedMetrics === undefined) return { train, validation };
  const without = (metrics: Metrics, names: readonly string[]) =>
    Object.fromEntries(Object.entries(metrics).filter(([name]) => !names.includes(name)));
  return {
    train: without(train, undefinedMetrics.train),
    validation: without(validation, undefinedMetrics.validation),
  };
}

export class Track {
  /** The next event that is waited for. */
  nextSeq = 0;
  start: EventOf<"start"> | null = null;
  end: EventOf<"end"> | null = null;
  /** What the best models reached, of a run without event log, whose table may hold no epoch; null of a run with one. */
  reached: Readonly<Record<string, number>> | null = null;
  progress: Progress = { kind: "waiting", epoch: 0, batches: 0 };
  readonly epochs: EpochRow[] = [];
  /** Of an autoencoder: at its best epochs, the last one last. */
  readonly reconstructions: KeptReconstructions[] = [];
  /** Micro-batches of the training. `position`: epochs done, with fraction. `elapsed`: seconds, as `elapsed` counts. */
  readonly batches = {
    position: new Column(),
    elapsed: new Column(),
    loss: new Column(),
    samples: new Column(),
    seconds: new Column(),
  };
  /** Evaluations within and at the end of epochs. */
  readonly evaluations = { epoch: new Column(), position: new Column(), elapsed: new Column() };
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
    rows: readonly EvaluationRow[],
    rules: TableRules,
    reached: Readonly<Record<string, number>> = {},
  ): void {
    this.reached = reached;
    const batchesPerEpoch = rows.reduce((most, row) => Math.max(most, row.batch + 1), 1);
    let best: BestEpochs = {};
    let stopping = startStopping(rules);
    let counts = true;
    rows.forEach(({ epoch, batch, time, train, validation }, i) => {
      this.#addEvaluation(epoch, epoch + (batch + 1) / batchesPerEpoch, time, train, validation);
      if (rows[i + 1]?.epoch === epoch) return;
      best = selectBest(best, rules.selectionMetrics, epoch, validation).best;
      const observed = observeLoss(stopping, validation.loss ?? Number.NaN);
      counts &&= observed.verdict !== "nan";
      if (counts) stopping = observed.state;
      this.epochs.push({
        epoch,
        seconds: null,
        waited: null,
        resumed: false,
        train,
        validation,
        undefinedMetrics: NONE_UNDEFINED,
        confusion: null,
        improved: [],
        best,
        stopping,
        learningRate: null,
      });
    });
  }

  /** The best epochs so far, by selection metric. */
  get best(): BestEpochs {
    return this.epochs.at(-1)?.best ?? {};
  }

  /** Early stopping after the last epoch; null before the first. */
  get stopping(): StoppingState | null {
    return this.epochs.at(-1)?.stopping ?? null;
  }

  /** The epoch at which the training is, or came to its end: as people count, from 1. */
  get currentEpoch(): number {
    return this.end === null ? this.progress.epoch + 1 : this.completeEpochs;
  }

  /** Epochs that are complete, evaluation included. */
  get completeEpochs(): number {
    return (this.epochs.at(-1)?.epoch ?? -1) + 1;
  }

  /** Epochs done, with fraction. */
  get epochsDone(): number {
    return Math.max(this.completeEpochs, this.batches.position.last || 0);
  }

  /** Names of the metrics that were measured, in the order in which they came. */
  get metricNames(): readonly string[] {
    return [...new Set([...this.#metrics.keys()].map((key) => key.slice(key.indexOf(".") + 1)))];
  }

  /** Values of a metric, one for each evaluation; NaN where it was not measured. */
  metric(set: MetricSet, name: string): Float64Array {
    return this.#metrics.get(`${set}.${name}`)?.view() ?? new Float64Array(0);
  }

  /** Seconds of training so far, as training.tsv counts them: pauses, and what a resumption made again, are left out. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** When the last event was written, in milliseconds since 1970; null before the first. */
  get lastTime(): number | null {
    return this.#lastTime;
  }

  #tick(event: RunEvent): void {
    if (this.#lastTime !== null && event.kind !== "start")
      this.#elapsed += Math.max(0, event.time - this.#lastTime) / 1000;
    this.#lastTime = event.time;
  }

  #reduce(event: RunEvent): void {
    switch (event.kind) {
      case "start": {
        const { epoch, batch } = event.resumedAt ?? BEGINNING;
        this.#forgetFrom(epoch, batch);
        this.start = event;
        this.end = null;
        this.progress = { kind: "waiting", epoch, batches: batch };
        return;
      }
      case "batch":
        this.batches.position.push(this.#position(event.epoch, event.batch));
        this.batches.elapsed.push(this.#elapsed);
        this.batches.loss.push(event.loss);
        this.batches.samples.push(event.samples);
        this.batches.seconds.push(event.seconds);
        this.progress = { kind: "training", epoch: event.epoch, batches: event.batch + 1 };
        return;
      case "evaluating":
        this.progress = event;
        return;
      case "evaluation": {
        const { epoch, batch } = event;
        const { train, validation } = definedMetrics(event);
        this.#addEvaluation(epoch, this.#position(epoch, batch), this.#elapsed, train, validation);
        this.progress = { kind: "training", epoch, batches: batch + 1 };
        return;
      }
      case "epoch": {
        const { epoch, batch } = event;
        const { train, validation } = definedMetrics(event);
        this.#addEvaluation(epoch, epoch + 1, this.#elapsed, train, validation);
        const { undefinedMetrics = NONE_UNDEFINED } = event;
        const resumed = this.#isResumedWithin(epoch);
        this.epochs.push({
          ...event,
          waited: event.waited ?? null,
          train,
          validation,
          undefinedMetrics,
          resumed,
        });
        this.progress = { kind: "training", epoch, batches: batch + 1 };
        return;
      }
      case "reconstruction":
        this.reconstructions.push(event);
        return;
      case "end":
        this.end = event;
        this.progress = { kind: "waiting", epoch: this.completeEpochs, batches: 0 };
        return;
      default:
        // A kind without a case is an error of types.
        event satisfies never;
    }
  }

  #isResumedWithin(epoch: number): boolean {
    const resumedAt = this.start?.resumedAt ?? BEGINNING;
    return resumedAt.epoch === epoch && resumedAt.batch > 0;
  }

  #position(epoch: number, batch: number): number {
    return epoch + (batch + 1) / (this.start?.batchesPerEpoch ?? 1);
  }

  #addEvaluation(
    epoch: number,
    position: number,
    elapsed: number,
    train: Metrics,
    validation: Metrics,
  ): void {
    const { evaluations } = this;
    const last = evaluations.position.length - 1;
    // An evaluation within the epoch may fall on its last batch: the end of the epoch says the same again.
    if (last >= 0 && evaluations.position.at(last) === position) this.#truncateEvaluations(last);
    const row = evaluations.position.length;
    evaluations.epoch.push(epoch);
    evaluations.position.push(position);
    evaluations.elapsed.push(elapsed);
    for (const [set, metrics] of [
      ["train", train],
      ["validation", validation],
    ] as const) {
      for (const [name, value] of Object.entries(metrics)) {
        const key = `${set}.${name}`;
        const known = this.#metrics.get(key);
        // A column for each name that a log may invent would fill the memory.
        if (known === undefined && this.#metrics.size >= MOST_METRICS) continue;
        const column = known ?? new Column();
        this.#metrics.set(key, column);
        column.padTo(row);
        column.push(value);
      }
    }
    for (const column of this.#metrics.values()) column.padTo(row + 1);
  }

  #truncateEvaluations(length: number): void {
    for (const column of [...Object.values(this.evaluations), ...this.#metrics.values()])
      column.truncate(length);
  }

  /** A resumption does again what came after its checkpoint, batch `batch` of `epoch` included: those points must not stand twice. */
  #forgetFrom(epoch: number, batch: number): void {
    const from = this.#position(epoch, batch - 1);
    const kept = (positions: Column, until: number) => {
      let length = positions.length;
      while (length > 0 && positions.at(length - 1) > until) length--;
      return length;
    };
    const batches = kept(this.batches.position, from + TINY);
    for (const column of Object.values(this.batches)) column.truncate(batches);
    // An evaluation that is due within the epoch just before that batch is made again; the end of the epoch before is not.
    this.#truncateEvaluations(kept(this.evaluations.position, batch > 0 ? from - TINY : from + TINY));
    for (const rows of [this.epochs, this.reconstructions])
      while (rows.length > 0 && rows.at(-1)!.epoch >= epoch) rows.pop();
    this.#elapsed = Math.max(this.batches.elapsed.last || 0, this.evaluations.elapsed.last || 0);
  }
}
