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
