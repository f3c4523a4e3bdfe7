/**
 * `<group>_<mode>_level_metrics.tsv`. ClinicaDL has two layouts, and we write each where it does:
 * mode level (and image mode), a block of five rows: `Metrics` with the names and the loss, `Values`, `Lower bound CI`,
 * `Upper bound CI`, `SE`, and for a multi-network a sixth row full of the network's number, one block a network;
 * image level after voting, a header and one row of values, without interval and loss.
 */
import { writeAtomically } from "../../files/atomicFile";
import { formatFloat, parseFloatCell } from "../../files/pandasNumbers";
import { formatRows, parseRows, readText } from "../../files/tsv";
import type { Metrics } from "../../run/events";

export interface ConfidenceInterval {
  readonly lower: Metrics;
  readonly upper: Metrics;
  readonly standardError: Metrics;
}

export interface MetricsResult {
  /** Part index of a multi-network, null otherwise. */
  readonly network: number | null;
  /** In the order of the columns; `loss` last where there is one. */
  readonly values: Metrics;
  /** 95 % percentile bootstrap. Null where it was not computed (fewer than two samples, image level after voting). */
  readonly interval: ConfidenceInterval | null;
}

const ROWS = ["Metrics", "Values", "Lower bound CI", "Upper bound CI", "SE"] as const;
/** The loss has no interval. */
const NOT_AVAILABLE = "N/A";

/** Writes blocks of five rows (six for a multi-network), one for each result. */
export async function writeMetrics(file: string, results: readonly MetricsResult[]): Promise<void> {
  await writeAtomically(file, formatRows(results.flatMap(block)));
}

function block({ network, values, interval }: MetricsResult): string[][] {
  const names = Object.keys(values);
  const bound = (metrics: Metrics | undefined) =>
    names.map((name) => (metrics?.[name] === undefined ? NOT_AVAILABLE : formatFloat(metrics[name])));
  const rows = [
    [ROWS[0], ...names],
    [ROWS[1], ...names.map((name) => formatFloat(values[name]!))],
    [ROWS[2], ...bound(interval?.lower)],
    [ROWS[3], ...bound(interval?.upper)],
    [ROWS[4], ...bound(interval?.standardError)],
  ];
  return network === null ? rows : [...rows, Array.from({ length: names.length + 1 }, () => String(network))];
}

/** Writes a header and one row of values: the image level after voting. */
export async function writeVotedMetrics(file: string, values: Metrics): Promise<void> {
  await writeAtomically(file, formatRows([Object.keys(values), Object.values(values).map(formatFloat)]));
}

/** Results in a metrics table of either layout, of Gyrus or of any version of ClinicaDL. */
export async function readMetrics(file: string): Promise<MetricsResult[]> {
  return parseMetrics(await readText(file));
}

export function parseMetrics(text: string): MetricsResult[] {
  const rows = parseRows(text);
  return rows[0]?.[0] === ROWS[0] ? parseBlocks(rows) : parseHeaderAndRows(rows);
}

function parseBlocks(rows: readonly (readonly string[])[]): MetricsResult[] {
  const starts = rows.flatMap((row, index) => (row[0] === ROWS[0] ? [index] : []));
  return starts.map((start, block) => {
    const [header = [], ...body] = rows.slice(start, starts[block + 1]);
    const names = header.slice(1);
    const row = (label: string) => body.find((cells) => cells[0] === label);
    const metrics = (label: string): Metrics =>
      Object.fromEntries(
        names.flatMap((name, column) => {
          const cell = row(label)?.[column + 1];
          return cell === undefined || cell === NOT_AVAILABLE ? [] : [[name, parseFloatCell(cell)]];
        }),
      );
    const interval = { lower: metrics(ROWS[2]), upper: metrics(ROWS[3]), standardError: metrics(ROWS[4]) };
    const network = body.find((cells) => /^\d+$/.test(cells[0] ?? ""))?.[0];
    return {
      network: network === undefined ? null : Number(network),
      values: metrics(ROWS[1]),
      interval: Object.keys(interval.lower).length === 0 ? null : interval,
    };
  });
}

/** The layout after voting, and of every table of ClinicaDL before 1.6 (where `<mode>_id` is the network). */
function parseHeaderAndRows([names = [], ...rows]: readonly (readonly string[])[]): MetricsResult[] {
  const networkColumn = names.findIndex((name) => /^(image|patch|roi|slice)_id$/.test(name));
  return rows.map((row) => {
    const entries = names.map((name, column): [string, number] => [
      currentName(name),
      parseFloatCell(row[column]),
    ]);
    const network = networkColumn < 0 ? Number.NaN : parseFloatCell(row[networkColumn]);
    return {
      network: Number.isNaN(network) ? null : network,
      values: Object.fromEntries(entries.filter((_, column) => column !== networkColumn)),
      interval: null,
    };
  });
}

/** ClinicaDL before 1.0 had other names. */
function currentName(name: string): string {
  switch (name) {
    case "balanced_accuracy":
      return "BA";
    case "ppv":
      return "PPV";
    case "npv":
      return "NPV";
    case "total_loss":
      return "loss";
    default:
      return name;
  }
}
