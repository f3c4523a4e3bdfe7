/** Names of the regions of an atlas, from the table beside it. */

/** Extensions of the tables that may stand beside an atlas, in the order in which they are looked for. */
export const REGION_TABLES = [".tsv", ".txt", ".lut"] as const;

/** Columns of BIDS (`_dseg.tsv`) and of Clinica's atlases. */
const INDEX = ["index", "roi_value", "value", "label", "id"];
const NAME = ["name", "roi_name", "region"];

/**
 * Name by label. Understands tables with columns (BIDS's `index` and `name`, Clinica's `roi_value` and `roi_name`), and lines that
 * begin with a label and hold a name among other numbers, as FreeSurfer's and FSLeyes's colour tables do. Lines that are neither are
 * passed over.
 */
export function readRegionNames(text: string): ReadonlyMap<number, string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  const rows = lines.map((line) => fieldsOf(line));
  const header = (rows[0] ?? []).map((field) => field.toLowerCase());
  const [index, name] = [INDEX, NAME].map((known) => header.findIndex((field) => known.includes(field)));
  const pairs =
    index === undefined || name === undefined || index < 0 || name < 0
      ? rows.map(([label = "", ...rest]) => [label, named(rest)] as const)
      : rows.slice(1).map((row) => [row[index] ?? "", row[name] ?? ""] as const);
  return new Map(
    pairs
      .filter(([label, said]) => isWhole(label) && said !== "")
      .map(([label, said]) => [Number(label), said]),
  );
}

const fieldsOf = (line: string) =>
  line
    .trim()
    .split(line.includes("\t") ? /\t/ : /\s+/)
    .map((field) => field.trim());

/** What stands between numbers: colours may come before the name, or after it. */
const named = (fields: readonly string[]) => {
  const isName = (field: string) => field !== "" && !Number.isFinite(Number(field));
  const first = fields.findIndex(isName);
  return first < 0 ? "" : fields.slice(first, fields.findLastIndex(isName) + 1).join(" ");
};

const isWhole = (field: string) => /^\d+(\.0*)?$/.test(field);
