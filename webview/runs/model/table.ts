/** The run table as it is shown: which runs, in which columns. */
import { compareCells, type TableColumn } from "../../shared/cells";
import { toCsv } from "../../shared/csv";
import type { ShownRun } from "../messages";
import type { RunsState } from "../state";
import { allColumns, type RunColumn, usualColumns } from "./columns";
import { type Filtered, filterRuns } from "./filter";
import type { KnownRuns } from "./known";

export interface ShownTable extends Filtered {
  /** In the order of the document: that of the table, before it is sorted. */
  readonly runs: readonly ShownRun[];
  /** Runs that could be shown: archived ones only where they are asked for. */
  readonly of: number;
  readonly all: readonly RunColumn[];
  readonly columns: readonly (RunColumn & { readonly width: number })[];
}

/** In digits: what is longer is cut, and stands in the title of its head and in its maps.json. */
const WIDEST = 28;

export function shownTable(known: KnownRuns, state: RunsState): ShownTable {
  const all = allColumns(known);
  const ids = state.columns ?? usualColumns(known, all);
  const columns = ids.flatMap((id) => all.find((column) => column.id === id) ?? []);
  const open = known.runs.filter(({ note }) => state.archivedToo || note.archived !== true);
  const filtered = filterRuns(open, state.filter, all);
  const width = ({ label, say }: RunColumn) =>
    filtered.runs.reduce((most, run) => Math.max(most, say(run).length), Math.max(4, label.length + 1));
  return {
    ...filtered,
    of: open.length,
    all,
    columns: columns.map((column) => ({ ...column, width: Math.min(WIDEST, width(column)) })),
  };
}

/** The order that the table has for these rows, and a file of it. */
export function tableCsv({ runs, columns }: ShownTable, { sorting }: RunsState): string {
  const column = columns.find(({ id }) => id === sorting?.column);
  const sign = sorting?.descending === true ? -1 : 1;
  const byName = sorting?.column === "name";
  const value = (run: ShownRun) => (byName ? run.name : (column?.value(run) ?? null));
  const sorted = sorting === null ? runs : runs.toSorted((a, b) => compareCells(value(a), value(b), sign));
  const cell = (run: ShownRun, one: RunColumn) => {
    const said = one.value(run);
    return said === null ? "" : one.id === "changed" ? new Date(Number(said)).toISOString() : String(said);
  };
  return toCsv([
    ["name", "maps", ...columns.map(({ id }) => id)],
    ...sorted.map((run) => [run.name, run.maps, ...columns.map((one) => cell(run, one))]),
  ]);
}

/** As the table element draws it, with what it draws itself: ticks, stars and names. */
export function drawnColumns(
  { runs, columns }: ShownTable,
  own: readonly TableColumn[],
  against: ShownRun | null,
): readonly TableColumn[] {
  return [
    ...own,
    ...columns.map(
      (column): TableColumn => ({
        id: column.id,
        label: column.label,
        title: column.title,
        align: column.align,
        width: column.width + (against === null || column.kind !== "setting" ? 0 : 2),
        value: (row) => column.value(runs[row]!),
        format: (value) => (value === null ? "–" : String(value)),
        instead: (row) => column.say(runs[row]!),
        differs: (row) => {
          const run = runs[row]!;
          if (against === null || column.kind !== "setting" || run.maps === against.maps) return false;
          return column.say(run) !== column.say(against);
        },
      }),
    ),
  ];
}
