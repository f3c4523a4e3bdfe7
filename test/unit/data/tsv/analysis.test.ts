import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../../../../src/data/tables/table";
import { ANALYSIS_COLUMNS, analyseLabels } from "../../../../src/data/tsv/analysis";
import { temporaryFolder } from "../../../support/folderOfFile";
import { problemsOf } from "../../../support/problemsOf";
import { type Row, writeTable } from "../../../support/study";

const folder = temporaryFolder();
const visit = (id: number, session_id: string, diagnosis: string, other: Row): Row => ({
  participant_id: `sub-${id}`,
  session_id,
  diagnosis,
  ...other,
});
const merged = [
  visit(1, "ses-M000", "AD", { age: "70", sex: "F", MMSE: "20", cdr_global: "1" }),
  visit(1, "ses-M006", "AD", { age: "99", sex: "F", MMSE: "0", cdr_global: "3" }),
  visit(2, "ses-M000", "AD", { age: "74", sex: "M", MMSE: "n/a", cdr_global: "0.5" }),
  visit(3, "ses-M000", "CN", { age: "", sex: "F", MMSE: "30", cdr_global: "" }),
];
const write = (name: string, rows: readonly Row[]) => writeTable(join(folder, name), rows);
const keys = merged.map(({ age: _, sex: __, MMSE: ___, cdr_global: ____, ...row }) => row);

describe("analyseLabels", () => {
  it("describes the participants of each diagnosis at their first session", async () => {
    const output = join(folder, "out.tsv");
    const rows = await analyseLabels(write("merged.tsv", merged), write("labels.tsv", keys), output);
    expect(rows).toEqual([
      {
        group: "AD",
        n_subjects: "2",
        mean_age: "72",
        std_age: "2",
        min_age: "70",
        max_age: "74",
        sexF: "1",
        sexM: "1",
        mean_MMSE: "20",
        std_MMSE: "0",
        min_MMSE: "20",
        max_MMSE: "20",
        CDR_0: "0",
        "CDR_0.5": "1",
        CDR_1: "1",
        CDR_2: "0",
        CDR_3: "0",
        mean_scans: "1.5",
        std_scans: "0.5",
        n_scans: "3",
      },
      expect.objectContaining({ group: "CN", n_subjects: "1", mean_age: "", mean_MMSE: "30", n_scans: "1" }),
    ]);
    const table = await readTable(output);
    expect(table.columns).toEqual(ANALYSIS_COLUMNS);
    expect(table.rows.map(({ values }) => values)).toEqual(rows);
  });

  it("refuses participants without sex, or unknown to the merged table", async () => {
    const unclear = merged.map((row) => (row.participant_id === "sub-3" ? { ...row, sex: "?" } : row));
    const labels = write("more.tsv", [...keys, visit(4, "ses-M000", "CN", {})]);
    const problems = await problemsOf(() => analyseLabels(write("unclear.tsv", unclear), labels));
    expect(problems.map(({ message }) => message)).toEqual([
      'sub-3: the sex is "?", not F or M.',
      "sub-4: the sex is not known.",
    ]);
  });
});
