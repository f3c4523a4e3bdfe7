/** Texts that pandas reads as "no value" in a TSV. */
const MISSING = new Set([
  "",
  "#N/A",
  "#NA",
  "-NaN",
  "-nan",
  "<NA>",
  "N/A",
  "NA",
  "NULL",
  "NaN",
  "None",
  "n/a",
  "nan",
  "null",
]);

export const isMissing = (text: string | undefined) => text === undefined || MISSING.has(text);

/** The text of a cell, "" where pandas would see no value. */
export const knownText = (text: string | undefined) => (text === undefined || isMissing(text) ? "" : text);
