import type { EpochRow, MetricSet, Track } from "../../../src/run/track";
import { measuredColumns } from "../../../src/run/undefinedReasons";
import type { Cell, TableColumn } from "../../shared/cells";
import { toCsv } from "../../shared/csv";
import { explained } from "../../shared/explained";
import { whyUndefined } from "../../shared/figures/whyUndefined";
import type { MetricNames } from "../../shared/metricNames";
import { formatDuration, formatMetric } from "../../shared/numbers";
import { runStrings } from "../../shared/strings";
import { textOf } from "../../shared/text";
import { text } from "../texts";

const runText = textOf(runStrings);

const number = (cell: Cell) => (typeof cell === "number" ? formatMetric(cell) : "–");

/** Columns of the epochs table of a track: the metrics that have a chart, each on both sets. */
export function epochColumns(
  track: Track,
  metrics: readonly string[],
  names: MetricNames,
): readonly TableColumn[] {
  const row = (index: number) => track.epochs[index]!;
  const metric = (set: MetricSet, name: string): TableColumn => ({
    id: `${set}.${name}`,
    label: text(set === "train" ? "trainOf" : "validationOf", names.short(name)),
    title: `${names.metric(name)}, ${text(set).toLocaleLowerCase()}`,
    align: "end",
    width: 13,
    value: (index) => row(index)[set][name] ?? null,
    format: number,
    instead: (index) => {
      const lacking = row(index).undefinedMetrics[set];
      if (!lacking.includes(name)) return null;
      const why = whyUndefined(name, measuredColumns(row(index)[set], lacking), names.classes);
      return explained(runText("undefined"), why);
    },
  });
  return [
    {
      id: "epoch",
      label: text("epochColumn"),
      title: text("epochHelp"),
      align: "end",
      width: 7,
      value: (index) => row(index).epoch + 1,
      format: String,
    },
    ...metrics.flatMap((name) => [metric("train", name), metric("validation", name)]),
    {
      id: "learningRate",
      label: text("learningRate"),
      align: "end",
      width: 11,
      value: (index) => row(index).learningRate,
      format: (cell) => (typeof cell === "number" ? String(cell) : "–"),
    },
    {
      id: "seconds",
      label: text("duration"),
      align: "end",
      width: 11,
      value: (index) => row(index).seconds,
      format: (cell) => (typeof cell === "number" ? formatDuration(cell) : "–"),
    },
    {
      id: "improved",
      label: text("improvedColumn"),
      align: "start",
      width: 18,
      value: (index) => improvements(track, row(index), names),
      format: (cell) => String(cell ?? ""),
    },
  ];
}

/** "★ loss" for a metric whose best epoch this still is, "loss" for one that it improved at its time. */
function improvements({ best }: Track, { epoch, improved }: EpochRow, { short }: MetricNames): string {
  const names = new Set([...improved, ...Object.keys(best).filter((name) => best[name]!.epoch === epoch)]);
  return [...names]
    .map((name) => (best[name]?.epoch === epoch ? `★ ${short(name)}` : short(name)))
    .join(", ");
}

/** All metrics of all epochs, with the names and the numbering (from 0) of training.tsv. */
export function epochsCsv(track: Track): string {
  const names = track.metricNames;
  const columns = (["train", "validation"] as const).flatMap((set) =>
    names.map((name) => ({
      head: `${name}_${set === "train" ? "train" : "valid"}`,
      value: (row: EpochRow) => (row.undefinedMetrics[set].includes(name) ? "undefined" : row[set][name]),
    })),
  );
  const written = (value: number | string | null | undefined) =>
    value === null || value === undefined ? "" : String(value);
  return toCsv([
    ["epoch", "seconds", "learning_rate", ...columns.map(({ head }) => head), "improved"],
    ...track.epochs.map((row) => [
      String(row.epoch),
      written(row.seconds),
      written(row.learningRate),
      ...columns.map(({ value }) => written(value(row))),
      row.improved.join(" "),
    ]),
  ]);
}
