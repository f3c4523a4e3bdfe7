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
