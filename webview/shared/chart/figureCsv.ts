import { toCsv } from "../csv";
import { type Figure, readable } from "./figure";

/** The measured values of a figure, one row for each position, an empty field where a series has no point. All digits are kept. */
export function figureCsv(figure: Figure): string {
  const series = readable(figure);
  const rows = new Map<number, (number | undefined)[]>();
  series.forEach(({ xs, ys, measured = ys }, column) => {
    for (let i = 0; i < xs.length; i++) {
      const row = rows.get(xs[i]!) ?? new Array<number | undefined>(series.length).fill(undefined);
      row[column] = measured[i]!;
      rows.set(xs[i]!, row);
    }
  });
  const ascending = [...rows].sort(([a], [b]) => a - b);
  return toCsv([
    [figure.xLabel, ...series.map(({ label }) => label)],
    ...ascending.map(([x, row]) => [
      String(x),
      ...row.map((value) => (value === undefined ? "" : String(value))),
    ]),
  ]);
}
