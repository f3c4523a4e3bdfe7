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
    const { groups: rows, warnings } = await analyseLabels(
      write("merged.tsv", merged),
      write("labels.tsv", keys),
      output,
    );
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
    expect(warnings).toEqual([]);
    const table = await readTable(output);
    expect(table.columns).toEqual(ANALYSIS_COLUMNS);
    expect(table.rows.map(({ values }) => values)).toEqual(rows);
  });

  it("counts who is known to be neither, or not known, in neither column, and says so once", async () => {
    const unclear = merged.map((row) => (row.participant_id === "sub-3" ? { ...row, sex: "n/a" } : row));
    const labels = write("more.tsv", [...keys, visit(4, "ses-M000", "CN", {})]);
    const { groups, warnings } = await analyseLabels(write("unclear.tsv", unclear), labels);
    expect(groups[1]).toMatchObject({ group: "CN", n_subjects: "2", sexF: "0", sexM: "0", mean_MMSE: "30" });
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^1 of 4 sessions is not in .*unclear\.tsv \(sub-4 ses-M000\)\.$/),
      "The sex of 1 of 4 people is not known, or neither F nor M (sub-3 ses-M000).",
    ]);
  });

  it("refuses words that are no sex, once", async () => {
    const unclear = merged.map((row) => ({ ...row, sex: "w" }));
    const problems = await problemsOf(() => analyseLabels(write("words.tsv", unclear), write("l.tsv", keys)));
    expect(problems.map(({ code }) => code)).toEqual(["people.sex"]);
  });

  it("20-analysis-M48-M048: says that the sessions are spelt in two ways, and takes them for the same", async () => {
    const people = ["001", "002", "003"];
    const rows = (session_id: string) =>
      people.map((id, i) => ({
        participant_id: `sub-${id}`,
        session_id,
        age: String(60 + i),
        sex: i === 1 ? "M" : "F",
        diagnosis: "AD",
      }));
    const { groups, warnings } = await analyseLabels(
      write("m48.tsv", rows("ses-M48")),
      write("m048.tsv", rows("ses-M048")),
    );
    expect(groups).toMatchObject([{ n_subjects: "3", mean_age: "61", sexF: "2", sexM: "1" }]);
    expect(warnings.map(({ code, message }) => ({ code, message }))).toEqual([
      {
        code: "ids.spelt-in-two-ways",
        message: expect.stringMatching(
          /^3 of 3 sessions are spelt otherwise in .*m48\.tsv: sub-001 ses-M048 here, sub-001 ses-M48 there\. They differ in leading zeros/,
        ),
      },
    ]);
  });

  it("says that tables are about other people", async () => {
    const strangers = merged.map((row) => ({ ...row, participant_id: `sub-9${row.participant_id}` }));
    const problems = await problemsOf(() =>
      analyseLabels(write("others.tsv", strangers), write("l.tsv", keys)),
    );
    expect(problems.map(({ code }) => code)).toEqual(["ids.none-meet"]);
  });
});
