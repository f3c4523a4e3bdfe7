/** Fills in the diagnoses that a visit lacks, as ClinicaDL does. */
import { isMissing } from "../tables/missing";
import { type Row, rowsByPerson } from "./sessionKeys";
import { compareSessions } from "./sessionOrder";

/** ADNI's codes of a change of diagnosis, by the diagnosis that they lead to. */
const ADNI_CHANGES: Readonly<Record<string, string>> = {
  "1": "CN",
  "7": "CN",
  "9": "CN",
  "2": "MCI",
  "4": "MCI",
  "8": "MCI",
  "3": "AD",
  "5": "AD",
  "6": "AD",
};

/**
 * The rows that have a diagnosis, or can be given one: from `adni_diagnosis_change`, or the nearest known ones before and after,
 * when they agree. Others are left out, so is a last visit without diagnosis.
 */
export function completeDiagnoses(rows: readonly Row[], column: string): Row[] {
  const known = rows.map((row) => {
    const change = ADNI_CHANGES[String(Number(row.adni_diagnosis_change))];
    return isMissing(row[column]) && change !== undefined ? { ...row, [column]: change } : row;
  });
  const visits = rowsByPerson(known.filter((row) => !isMissing(row[column])));
  return known.flatMap((row) => {
    if (!isMissing(row[column])) return [row];
    const diagnosis = betweenAgreeing(row, visits.get(row.participant_id ?? "") ?? [], column);
    return diagnosis === undefined ? [] : [{ ...row, [column]: diagnosis }];
  });
}

/** @param visits those of the same person that have a diagnosis */
function betweenAgreeing(row: Row, visits: readonly Row[], column: string): string | undefined {
  const order = (a: Row, b: Row) => compareSessions(a.session_id ?? "", b.session_id ?? "");
  const sorted = visits.toSorted(order);
  const before = sorted.filter((visit) => order(visit, row) < 0).at(-1);
  const after = sorted.find((visit) => order(visit, row) > 0);
  return before !== undefined && after !== undefined && before[column] === after[column]
    ? before[column]
    : undefined;
}
