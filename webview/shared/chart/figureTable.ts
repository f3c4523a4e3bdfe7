import type { TableColumn } from "../cells";
import { type Figure, readable, type Series } from "./figure";
import { lowerBound } from "./nearest";
import { positionsOf } from "./readout";

/** The table twin of a figure: a row for each position, a column for each line, the measured values. */
export function figureTable(
  figure: Figure,
  formatX: (x: number) => string,
  formatY: (series: Series, y: number) => string,
): { readonly rows: number; readonly columns: readonly TableColumn[] } {
  const positions = positionsOf(figure);
  const position: TableColumn = {
    id: "position",
    label: figure.xLabel,
    align: "end",
    width: 10,
    value: (row) => positions[row]!,
    format: (value) => (typeof value === "number" ? formatX(value) : ""),
  };
  const lines = readable(figure).map((series): TableColumn => {
    const { id, label, xs, ys, measured = ys } = series;
    return {
      id,
      label,
      align: "end",
      width: Math.max(9, label.length),
      value: (row) => {
        const wanted = positions[row]!;
        const i = lowerBound(xs, wanted);
        return xs[i] === wanted ? measured[i]! : null;
      },
      format: (value) => (typeof value === "string" ? value : value === null ? "" : formatY(series, value)),
    };
  });
  return { rows: positions.length, columns: [position, ...lines] };
}
