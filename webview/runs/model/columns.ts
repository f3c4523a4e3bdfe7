/** What a run can be asked: columns of the table, each with the value that a filter and an order compare. */
import { leadingMetrics, metricNamesOf } from "../../../src/statistics/metrics/metrics";
import type { Cell } from "../../shared/cells";
import { formatMetric, formatMoment } from "../../shared/numbers";
import { stateWord } from "../../shared/stateWord";
import type { ShownRun, ShownValue } from "../messages";
import { text } from "../texts";
import type { KnownRuns } from "./known";

export type ColumnKind = "run" | "best" | "measure" | "setting";

export interface RunColumn {
  /** Also the name by which a filter knows it: `learning_rate`, `BA`, `test.BA`. */
  readonly id: string;
  readonly kind: ColumnKind;
  /** Of a measure. */
  readonly group?: string;
  readonly label: string;
  readonly title: string;
  readonly align: "start" | "end";
  readonly value: (run: ShownRun) => Cell;
  readonly say: (run: ShownRun) => string;
}

/** Settings that are shown at first, at most: more would hide what was reached. */
const MOST_SETTINGS = 10;
/** Where they stand, what made them: of no interest beside what was tried out. Lists of layers are too long for a column. */
const NOT_USUAL =
  /^(gyrus_|maps_path|output_|tsv_path|caps_directory|label_code|transfer_path|size_reduction|architecture\.)/;

export function allColumns(known: KnownRuns): readonly RunColumn[] {
  const { runs } = known;
  const tasks = [...new Set(runs.flatMap(({ task }) => task ?? []))];
  const selected = [...new Set(runs.flatMap(({ best }) => Object.keys(best)))];
  const leading = tasks.flatMap((task) => leadingMetrics(task));
  const metrics = [...new Set([...leading, ...selected])].filter((name) => selected.includes(name));
  const groups = [...new Set(runs.flatMap((run) => run.groups))];
  const names = [...new Set(["loss", ...tasks.flatMap((task) => metricNamesOf(task))])];
  const ofRuns = runColumns();
  const taken = new Set([...ofRuns.map(({ id }) => id), ...metrics]);
  return [
    ...ofRuns,
    ...metrics.map((name) =>
      numberColumn(name, "best", name, text("bestHelp", name), ({ best }) => best[name]),
    ),
    ...groups.flatMap((group) =>
      [...new Set([...names, ...known.measured(group)])].map((name) => ({
        ...numberColumn(
          `${group}.${name}`,
          "measure",
          `${group} ${name}`,
          text("measureHelp", name, group),
          ({ maps }) => known.measure(group, name, maps),
        ),
        group,
      })),
    ),
    ...known.settingKeys.map((key): RunColumn => {
      const said = ({ maps }: ShownRun) => known.setting(key, maps);
      return {
        id: taken.has(key) ? `settings.${key}` : key,
        kind: "setting",
        label: key,
        title: text("settingHelp", key),
        align: "start",
        value: (run) => asCell(said(run)),
        say: (run) => said(run) ?? "–",
      };
    }),
  ];
}

/** Ids of the columns that are shown where nobody has chosen any. */
export function usualColumns(known: KnownRuns, all: readonly RunColumn[]): readonly string[] {
  const { runs } = known;
  const grouped = runs.some(({ note }) => note.group !== undefined);
  const noted = runs.some(({ note }) => note.note !== undefined);
  const differing = known.differing.filter((key) => !NOT_USUAL.test(key)).slice(0, MOST_SETTINGS);
  const settings = all.filter(({ kind, label }) => kind === "setting" && differing.includes(label));
  return [
    "status",
    "epoch",
    ...all
      .filter(({ kind }) => kind === "best")
      .slice(0, 3)
      .map(({ id }) => id),
    ...settings.map(({ id }) => id),
    ...(grouped ? ["group"] : []),
    ...(noted ? ["note"] : []),
    "changed",
  ];
}

/** What stands of a run itself. A function, for the language of the editor comes with the first message. */
const runColumns = (): readonly RunColumn[] => [
  words("status", text("status"), ({ status, note }) =>
    note.archived === true ? `${stateWord(status)}, ${text("archived")}` : stateWord(status),
  ),
  {
    id: "epoch",
    kind: "run",
    label: text("epoch"),
    title: text("epoch"),
    align: "end",
    value: ({ epoch }) => epoch,
    say: ({ epoch, epochs }) =>
      epoch === null ? "–" : epochs === null ? String(epoch) : text("epochOf", epoch, epochs),
  },
  words("group", text("group"), ({ note }) => note.group ?? ""),
  words("note", text("note"), ({ note }) => note.note ?? ""),
  words("folder", text("folder"), ({ folder }) => folder),
  {
    id: "changed",
    kind: "run",
    label: text("changed"),
    title: text("changed"),
    align: "start",
    value: ({ changed }) => changed,
    say: ({ changed }) => (changed === 0 ? "–" : formatMoment(changed)),
  },
];

const words = (id: string, label: string, say: (run: ShownRun) => string): RunColumn => ({
  id,
  kind: "run",
  label,
  title: label,
  align: "start",
  value: (run) => say(run) || null,
  say: (run) => say(run) || "–",
});

const numberColumn = (
  id: string,
  kind: ColumnKind,
  label: string,
  title: string,
  reached: (run: ShownRun) => ShownValue | undefined,
): RunColumn => ({
  id,
  kind,
  label,
  title,
  align: "end",
  value: (run) => {
    const value = reached(run);
    return typeof value === "number" ? value : null;
  },
  say: (run) => {
    const value = reached(run);
    return value === "undefined" ? text("undefined") : formatMetric(value);
  },
});

/** A number is compared as one. */
function asCell(said: string | null): Cell {
  if (said === null || said === "") return said;
  const number = Number(said);
  return Number.isNaN(number) ? said : number;
}
