/** What is known of a person besides the images, by which two classes may differ without a difference of their brains. */

import { sexOf, yearsOf } from "../data/tables/demographics";
import type { Scan } from "./study";

/** Its name for the reader, as it stands in the table or the sidecar, and what it is of a scan. */
export type Trait =
  | { readonly name: string; readonly kind: "number"; readonly of: (scan: Scan) => number }
  /** "" where it is not known. */
  | { readonly name: string; readonly kind: "category"; readonly of: (scan: Scan) => string };

/** `age`, `age_bl`, but not `stage`. */
const AGE = /^age(_.*)?$/i;
const SEX = /^(sex|gender)(_.*)?$/i;
/** Columns of tables that say where a person was scanned. */
const SITES = /^(site|site_?id|cent(er|re)|institution(name)?|institutional.*|data_?set|study)$/i;
/** Columns of tables and fields of BIDS's sidecars that say with what (BIDS 1.10, "Hardware information" and "Sequence"). */
const SCANNERS =
  /^(scanner.*|manufacturer|manufacturers?_?model_?name|magnetic_?field_?strength|field_?strength|device_?serial_?number|station_?name|software_?versions?|receive_?coil_?name|pulse_?sequence_?(type|details)|repetition_?time|echo_?time|inversion_?time|flip_?angle|slice_?thickness)$/i;

/** The traits that the scans of a study have, but for the label itself. */
export function traitsOf(scans: readonly Scan[], label: string | null): readonly Trait[] {
  const columns = [...new Set(scans.flatMap((scan) => Object.keys(scan.columns)))].filter(
    (column) => column !== label,
  );
  const [age, sex] = [AGE, SEX].map((name) => columns.find((column) => name.test(column)));
  const cell = (column: string) => (scan: Scan) => scan.columns[column];
  const places = columns.filter((column) => SITES.test(column) || SCANNERS.test(column));
  const cohorts = new Set(scans.map(({ cohort }) => cohort)).size > 1;
  return [
    ...(age === undefined
      ? []
      : [{ name: age, kind: "number" as const, of: (scan: Scan) => yearsOf(cell(age)(scan)) }]),
    ...(sex === undefined
      ? []
      : [{ name: sex, kind: "category" as const, of: (scan: Scan) => sexOf(cell(sex)(scan)) ?? "" }]),
    ...(cohorts ? [{ name: "cohort", kind: "category" as const, of: ({ cohort }: Scan) => cohort }] : []),
    ...places.map((column) => ({
      name: column,
      kind: "category" as const,
      of: (scan: Scan) => cell(column)(scan) ?? "",
    })),
  ];
}
