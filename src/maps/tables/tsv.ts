/** Tables as ClinicaDL's pandas writes them: tab-separated, numbers as Python prints them, an empty cell for NaN. */
import Papa from "papaparse";

/** A number as Python's `repr` of a float: shortest digits that read back the same, `0.0`, `1e-05`, `inf`; "" for NaN. */
export function formatFloat(value: number): string {
  if (Number.isNaN(value)) return "";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const [mantissa = "", exponentText = "0"] = value.toExponential().split("e");
  const exponent = Number(exponentText);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const digits = String(Math.abs(exponent)).padStart(2, "0");
    return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
  }
  const text = exponent < 0 ? withoutExponent(mantissa, exponent) : String(value);
  return text.includes(".") ? text : `${text}.0`;
}

/** `-2.5`, -3 -> `-0.0025` */
function withoutExponent(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
}

/** The number in a cell that pandas wrote; NaN for an empty one and for anything else that is not a number. */
export function parseFloatCell(text: string | undefined): number {
  const word = text?.trim().toLowerCase() ?? "";
  switch (word) {
    case "inf":
      return Number.POSITIVE_INFINITY;
    case "-inf":
      return Number.NEGATIVE_INFINITY;
    case "":
      return Number.NaN;
    default:
      return Number(word);
  }
}

/** Lines of a table, each ended by a line feed. Cells are text as it stands: format numbers before. */
export function formatRows(rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter: "\t", newline: "\n" },
  )}\n`;
}

/** Cells of a table, empty lines left out. */
export function parseRows(text: string): string[][] {
  return Papa.parse<string[]>(text, { delimiter: "\t", skipEmptyLines: true }).data;
}

/** Rows of a table by the names of its header. */
export function parseTable(text: string): {
  columns: readonly string[];
  rows: readonly Record<string, string>[];
} {
  const [columns = [], ...rows] = parseRows(text);
  return {
    columns,
    rows: rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ""]))),
  };
}
