/** What the run table is told of each MAPS. */
import { basename, dirname } from "node:path";
import type { SettingColumn, ShownNote, ShownRun, ShownValue } from "../../../../webview/runs/messages";
import { isLive } from "../../../run/state";
import { TASK_NAMES } from "../../../statistics/task";
import type { MapsView } from "../../experiments/mapsView";

/** @param shownFolder how the folder of a MAPS is told */
export function runRow(view: MapsView, note: ShownNote, shownFolder: (path: string) => string): ShownRun {
  const networks = view.splits.flatMap((split) => split.networks);
  const complete = networks.flatMap(({ epoch }) => (epoch === null ? [] : [epoch]));
  const live = isLive(view.status);
  return {
    maps: view.maps,
    name: basename(view.maps),
    folder: shownFolder(dirname(view.maps)),
    status: view.status,
    live,
    epoch:
      live && view.progress !== null
        ? view.progress.epoch
        : complete.length === 0
          ? null
          : Math.max(...complete),
    epochs: view.epochs,
    changed: view.changed,
    task: TASK_NAMES.find((task) => task === view.task) ?? null,
    best: bestOf(view),
    groups: view.groups,
    note,
  };
}

/** Of a multi-network nothing: its parts vote, and what they reached one by one is no answer of it. */
function bestOf({ splits }: MapsView): ShownRun["best"] {
  const networks = splits.flatMap((split) => split.networks);
  if (networks.some(({ network }) => network !== null)) return {};
  const metrics = [...new Set(networks.flatMap(({ best }) => best.map(({ metric }) => metric)))];
  return Object.fromEntries(
    metrics.map((metric) => [
      metric,
      meanOf(
        networks.flatMap(({ best }) => best.filter((one) => one.metric === metric).map(({ value }) => value)),
      ),
    ]),
  );
}

/** What is undefined of a split (NaN) is left out of the mean of the others, as in a comparison. */
export function meanOf(values: readonly (number | null)[]): ShownValue {
  const known = values.filter((value) => value !== null);
  const numbers = known.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return known.length === 0 ? null : "undefined";
  return numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
}

/** Settings by key: two thousand runs differ in a few texts of each. */
export function settingColumns(
  settings: readonly (Readonly<Record<string, string>> | undefined)[],
): readonly SettingColumn[] {
  const columns = new Map<string, { readonly texts: Map<string, number>; readonly of: number[] }>();
  for (const [run, some] of settings.entries()) {
    for (const [key, said] of Object.entries(some ?? {})) {
      let column = columns.get(key);
      if (column === undefined) {
        column = { texts: new Map(), of: new Array<number>(settings.length).fill(-1) };
        columns.set(key, column);
      }
      let place = column.texts.get(said);
      if (place === undefined) {
        place = column.texts.size;
        column.texts.set(said, place);
      }
      column.of[run] = place;
    }
  }
  return [...columns]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { texts, of }]) => ({ key, texts: [...texts.keys()], of }));
}
