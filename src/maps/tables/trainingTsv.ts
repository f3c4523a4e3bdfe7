/**
 * training.tsv: ClinicaDL's table of the learning curves, with a row at each end of an epoch and at each evaluation within one.
 * Columns: epoch, iteration (batch, from 0), time (seconds of training), `<metric>_train` ..., `<metric>_valid` ...
 */
import { appendFileSync } from "node:fs";
import { writeAtomically } from "../../files/atomicFile";
import { formatFloat, parseFloatCell } from "../../files/pandasNumbers";
import { formatRows, parseRecords, readText } from "../../files/tsv";
import type { Metrics } from "../../run/events";
import { metricNamesOf } from "../../statistics/metrics/metrics";
import type { Task } from "../../statistics/task";

export interface TrainingRow {
  readonly epoch: number;
  readonly iteration: number;
  readonly time: number;
  readonly train: Metrics;
  readonly validation: Metrics;
}

export class TrainingTsv {
  readonly #file: string;
  readonly #metrics: readonly string[];

  private constructor(file: string, metrics: readonly string[]) {
    this.#file = file;
    this.#metrics = metrics;
  }

  /** Writes the table of a new training, or of one that is resumed: with the rows that it keeps. */
  static async create(file: string, task: Task, rows: readonly TrainingRow[] = []): Promise<TrainingTsv> {
    const table = new TrainingTsv(file, [...metricNamesOf(task), "loss"]);
    const header = [
      "epoch",
      "iteration",
      "time",
      ...table.#metrics.map((metric) => `${metric}_train`),
      ...table.#metrics.map((metric) => `${metric}_valid`),
    ];
    await writeAtomically(file, formatRows([header, ...rows.map((row) => table.#cells(row))]));
    return table;
  }

  append(row: TrainingRow): void {
    appendFileSync(this.#file, formatRows([this.#cells(row)]));
  }

  #cells({ epoch, iteration, time, train, validation }: TrainingRow): string[] {
    return [
      String(epoch),
      String(iteration),
      formatFloat(time),
      ...this.#metrics.map((metric) => formatFloat(columnValue(train, metric))),
      ...this.#metrics.map((metric) => formatFloat(columnValue(validation, metric))),
    ];
  }
}

/** A metric, or the mean over the classes where there is one for each (`sensitivity-0`, `sensitivity-1`, ...). */
function columnValue(metrics: Metrics, name: string): number {
  const value = metrics[name];
  if (value !== undefined) return value;
  const perClass = Object.keys(metrics).filter((key) => key.replace(/-\d+$/, "") === name);
  return perClass.reduce((sum, key) => sum + metrics[key]!, 0) / perClass.length;
}

/** Rows of a training.tsv of Gyrus or of any version of ClinicaDL. An unfinished last line is left out. */
export async function readTrainingTsv(file: string): Promise<TrainingRow[]> {
  const text = await readText(file);
  const { columns, rows } = parseRecords(text.slice(0, text.lastIndexOf("\n") + 1));
  const metricsOf = (row: Record<string, string>, suffix: string): Metrics =>
    Object.fromEntries(
      columns
        .filter((column) => column.endsWith(suffix))
        .map((column) => [currentName(column.slice(0, -suffix.length)), parseFloatCell(row[column])]),
    );
  return rows.map((row) => ({
    epoch: parseFloatCell(row.epoch),
    iteration: parseFloatCell(row.iteration),
    time: parseFloatCell(row.time),
    train: metricsOf(row, "_train"),
    validation: metricsOf(row, "_valid"),
  }));
}

/** ClinicaDL before 1.0 wrote `balanced_accuracy`. */
const currentName = (metric: string) => (metric === "balanced_accuracy" ? "BA" : metric);
