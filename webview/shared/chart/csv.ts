import { type Figure, readable } from "./figure";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^[+-]?Infinity$/i;

/**
 * A spreadsheet computes a text that begins so, and what it computes can call programs and addresses: the name of a folder or a
 * label of somebody else's table would. With a single quote before it, it is text. A negative number stays one.
 */
const asText = (value: string) => (/^[=+\-@\t\r]/.test(value) && !NUMBER.test(value) ? `'${value}` : value);

/** A CSV field (RFC 4180): quoted when it holds a separator, a quote or a line break. */
function field(value: string): string {
  const text = asText(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows of text as CSV. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(field).join(",")}\n`).join("");
}

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
