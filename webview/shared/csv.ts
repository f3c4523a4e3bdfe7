const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$|^[+-]?Infinity$/i;

/**
 * A spreadsheet computes a text that begins so, and what it computes can call programs and addresses: the name of a folder or a
 * label of somebody else's table would. With a single quote before it, it is text. A negative number stays one.
 */
const asText = (value: string) => (/^[=+\-@\t\r]/.test(value) && !NUMBER.test(value) ? `'${value}` : value);

/** A field (RFC 4180): quoted when it holds a separator, a quote or a line break. */
function field(value: string, special: RegExp): string {
  const text = asText(value);
  return special.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const separated = (rows: readonly (readonly string[])[], separator: string, special: RegExp) =>
  rows.map((row) => `${row.map((value) => field(value, special)).join(separator)}\n`).join("");

/** Rows of text as CSV. */
export const toCsv = (rows: readonly (readonly string[])[]): string => separated(rows, ",", /[",\r\n]/);

/** Rows of text as pandas reads them with tabs. */
export const toTsv = (rows: readonly (readonly string[])[]): string => separated(rows, "\t", /["\t\r\n]/);
