/** Which columns of a table tell age, sex and diagnosis, and how labels.tsv writes them. */
import { remark, warning } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import { ageOf, sexOf } from "../tables/demographics";
import { KEYS, missingColumns, type Table } from "../tables/table";
import { findColumn, requireColumn } from "./columns";
import type { Row } from "./sessionKeys";

export interface LabelColumns {
  readonly diagnosis: string;
  /** Undefined where no column tells it. */
  readonly age: string | undefined;
  readonly sex: string | undefined;
  /** In the order of labels.tsv, by the names of labels.tsv. */
  readonly kept: readonly string[];
}

/** Names that studies give to the column of the diagnosis: Clinica's of ADNI comes before all, those after `diagnosis` where there is none. */
const [OF_ADNI, OTHERS] = ["dx1", ["dx", "group"]] as const;

/**
 * Whatever the name of the diagnosis was, it is `diagnosis` in labels.tsv, where training looks for it. Throws an InputError.
 * @param named the column of the diagnosis where it is not to be found by its name
 */
export function chooseColumns(table: Table, variables: readonly string[], named?: string): LabelColumns {
  const missing = missingColumns(table, [...variables, ...(named === undefined ? [] : [named])]);
  if (missing.length > 0) throw new InputError(missing);
  const diagnosis = named ?? diagnosisColumn(table);
  const age = findColumn(table.columns, "age");
  const sex = findColumn(table.columns, "sex") ?? table.columns.find(isGender);
  const ofSex = sex !== undefined && isGender(sex) ? "sex" : sex;
  const demographics = [age, ofSex].filter((column) => column !== undefined);
  return { diagnosis, age, sex, kept: [...new Set([...KEYS, ...demographics, "diagnosis", ...variables])] };
}

/** What some studies call the sex; labels.tsv says `sex`, which is looked for there. */
const isGender = (column: string) => column.toLowerCase() === "gender";

function diagnosisColumn(table: Table): string {
  if (table.columns.includes(OF_ADNI)) return OF_ADNI;
  const named = findColumn(table.columns, "diagnosis");
  const other = OTHERS.flatMap((name) => table.columns.filter((column) => column.toLowerCase() === name))[0];
  return named ?? other ?? requireColumn(table, "diagnosis");
}

/** As ClinicaDL wants them: F and M, and a number of years with a point. What is not known or known to be neither stays as it stands. */
export function codedDemographics(row: Row, { age, sex }: LabelColumns): Row {
  const known = sex === undefined ? undefined : sexOf(row[sex]);
  const years = age === undefined ? undefined : ageOf(row[age]);
  return {
    ...row,
    ...(sex !== undefined && isGender(sex) ? { sex: row[sex] ?? "" } : {}),
    ...(sex !== undefined && (known === "F" || known === "M")
      ? { [isGender(sex) ? "sex" : sex]: known }
      : {}),
    ...(age !== undefined && years?.kind === "at-least" ? { [age]: String(years.years) } : {}),
    ...(age !== undefined && years?.kind === "decimal-comma"
      ? { [age]: (row[age] ?? "").trim().replace(",", ".") }
      : {}),
  };
}

/** What labels.tsv says otherwise than the table, each once. */
export function codingRemarks(
  { file, columns: offered }: Table,
  { age, sex, diagnosis }: LabelColumns,
  rows: readonly Row[],
): Problem[] {
  const of = (column: string, differs: (cell: string | undefined) => boolean) => {
    const found = rows.filter((row) => differs(row[column]));
    const names = some(found.map((row) => `${row.participant_id} ${row.session_id}`));
    const values = some([...new Set(found.map((row) => row[column] ?? ""))]);
    return { column, count: found.length, rows: rows.length, names, values };
  };
  const open = age === undefined ? undefined : of(age, (cell) => ageOf(cell).kind === "at-least");
  const comma = age === undefined ? undefined : of(age, (cell) => ageOf(cell).kind === "decimal-comma");
  const unknown = [age === undefined ? "age" : "", sex === undefined ? "sex" : ""].filter(
    (word) => word !== "",
  );
  const words =
    sex === undefined
      ? undefined
      : of(sex, (cell) => ["F", "M"].includes(sexOf(cell) ?? "") && sexOf(cell) !== cell);
  const others = offered.filter(
    (column) => column !== diagnosis && column.toLowerCase().includes("diagnosis"),
  );
  return [
    ...(diagnosis === "diagnosis" || diagnosis === OF_ADNI
      ? []
      : [remark("labels.diagnosis-column", { file }, { column: diagnosis, others })]),
    ...(sex !== undefined && isGender(sex) ? [remark("labels.sex-column", { file }, { column: sex })] : []),
    ...unknown.map((word) => warning("labels.no-demographic", { file }, { word, columns: offered })),
    ...(comma === undefined || comma.count === 0 ? [] : [remark("labels.decimal-comma", { file }, comma)]),
    ...(open === undefined || open.count === 0 ? [] : [remark("labels.age-or-more", { file }, open)]),
    ...(words === undefined || words.count === 0 ? [] : [remark("labels.sex-coded", { file }, words)]),
  ];
}
