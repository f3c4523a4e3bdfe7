import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { readTable } from "../../../../src/data/tables/table";
import { GET_LABELS_DEFAULTS, type GetLabelsOptions, getLabels } from "../../../../src/data/tsv/getLabels";
import { temporaryFolder } from "../../../support/folderOfFile";
import { problemsOf } from "../../../support/problemsOf";
import { describeWithReference, reference } from "../../../support/reference";
import { type Row, writeTable } from "../../../support/study";

const root = temporaryFolder();
let study = 0;
let folder = root;
beforeEach(() => {
  folder = join(root, `study-${study++}`);
});

const visit = (id: number, month: string, diagnosis: string, other: Row = {}): Row => ({
  participant_id: `sub-${id}`,
  session_id: `ses-M${month}`,
  age: String(70 + Number(month) / 12),
  sex: "F",
  diagnosis,
  ...other,
});
const labelsOf = async (rows: readonly Row[], changes: Partial<GetLabelsOptions> = {}) => {
  const source = writeTable(join(folder, "sessions.tsv"), rows);
  const outcome = await getLabels({
    ...GET_LABELS_DEFAULTS,
    source,
    outputFolder: join(folder, "out"),
    overwrite: true,
    ...changes,
  });
  const { rows: written } = await readTable(outcome.labels);
  return written.map(({ values }) => `${values.participant_id} ${values.session_id} ${values.diagnosis}`);
};

describe("getLabels from a table", () => {
  it("keeps the sessions of the asked diagnoses, sorted by participant and month", async () => {
    const rows = [
      visit(2, "006", "CN"),
      visit(1, "100", "AD"),
      visit(1, "012", "AD"),
      visit(3, "000", "MCI"),
    ];
    expect(await labelsOf(rows)).toEqual(["sub-1 ses-M012 AD", "sub-1 ses-M100 AD", "sub-2 ses-M006 CN"]);
  });

  it("leaves out sessions that are no visits", async () => {
    expect(
      await labelsOf([visit(1, "000", "AD"), { ...visit(1, "000", "AD"), session_id: "ses-unknown" }]),
    ).toEqual(["sub-1 ses-M000 AD"]);
  });

  it("takes sessions of any names where none is named as Clinica does it, in their order", async () => {
    const rows = ["ses-10", "ses-2", "ses-20190304"].map((session_id) => ({
      ...visit(1, "000", "AD"),
      session_id,
    }));
    expect(await labelsOf(rows)).toEqual(["sub-1 ses-2 AD", "sub-1 ses-10 AD", "sub-1 ses-20190304 AD"]);
  });

  it("takes the column of the diagnosis by its name, whatever the order of the columns, and says which", async () => {
    const { diagnosis: _, ...rest } = visit(1, "000", "");
    const columns = [
      { diagnosis_sc: "MCI", diagnosis_bl: "AD" },
      { diagnosis_bl: "AD", diagnosis_sc: "MCI" },
      { image: "x", Diagnosis: "AD", diagnosis_bl: "MCI" },
      { group: "AD" },
    ];
    const told = [];
    for (const [i, own] of columns.entries()) {
      const source = writeTable(join(folder, `columns-${i}.tsv`), [{ ...own, ...rest }]);
      const outcome = await getLabels({
        ...GET_LABELS_DEFAULTS,
        source,
        outputFolder: join(folder, `out-${i}`),
      });
      const { rows, columns: kept } = await readTable(outcome.labels);
      expect(kept).toEqual(["participant_id", "session_id", "age", "sex", "diagnosis"]);
      expect(rows[0]?.values.diagnosis).toBe("AD");
      told.push(outcome.warnings.map(({ code, severity, message }) => ({ code, severity, message })));
    }
    expect(told.flat().map(({ message }) => message)).toEqual([
      'The diagnosis is taken from the column "diagnosis_bl"; there are also diagnosis_sc.',
      'The diagnosis is taken from the column "diagnosis_bl"; there are also diagnosis_sc.',
      'The diagnosis is taken from the column "Diagnosis"; there are also diagnosis_bl.',
      'The diagnosis is taken from the column "group".',
    ]);
    expect(told.flat().every(({ severity }) => severity === "notice")).toBe(true);
  });

  it("fills in a diagnosis when those before and after agree, and leaves out the session otherwise", async () => {
    const rows = [
      visit(1, "000", "CN"),
      visit(1, "006", ""),
      visit(1, "012", "n/a"),
      visit(1, "018", "CN"),
      visit(2, "000", "CN"),
      visit(2, "006", "NaN"),
      visit(2, "012", "AD"),
      visit(3, "000", "AD"),
      visit(3, "006", ""),
      visit(4, "000", ""),
      visit(4, "006", "AD"),
    ];
    expect(await labelsOf(rows)).toEqual([
      "sub-1 ses-M000 CN",
      "sub-1 ses-M006 CN",
      "sub-1 ses-M012 CN",
      "sub-1 ses-M018 CN",
      "sub-2 ses-M000 CN",
      "sub-2 ses-M012 AD",
      "sub-3 ses-M000 AD",
      "sub-4 ses-M006 AD",
    ]);
  });

  it("knows ADNI's names: dx1, changes of diagnosis, subjective memory complaints", async () => {
    const adni = (id: number, dx1: string, change: string, first: string) => {
      const { diagnosis: _, ...row } = visit(id, "000", "");
      return { ...row, dx1, adni_diagnosis_change: change, diagnosis_bl: first };
    };
    const rows = [
      adni(1, "", "7.0", "CN"),
      adni(2, "", "5", "AD"),
      adni(3, "", "8", "MCI"),
      adni(4, "CN", "", "SMC"),
      adni(5, "AD", "1", "AD"),
    ];
    const asked = { diagnoses: ["AD", "CN", "MCI"] };
    expect(await labelsOf(rows, asked)).toEqual([
      "sub-1 ses-M000 CN",
      "sub-2 ses-M000 AD",
      "sub-3 ses-M000 MCI",
      "sub-5 ses-M000 AD",
    ]);
    expect(await labelsOf(rows, { ...asked, keepSmc: true })).toHaveLength(5);
  });

  it("can leave out participants with one session, and all but a list", async () => {
    const rows = [visit(1, "000", "AD"), visit(2, "000", "CN"), visit(2, "006", "CN")];
    expect(await labelsOf(rows, { removeUniqueSession: true })).toEqual([
      "sub-2 ses-M000 CN",
      "sub-2 ses-M006 CN",
    ]);
    const restrictionTsv = writeTable(join(folder, "only.tsv"), [rows[0]!, rows[2]!]);
    expect(await labelsOf(rows, { restrictionTsv })).toEqual(["sub-1 ses-M000 AD", "sub-2 ses-M006 CN"]);
  });

  it("finds columns by part of their names, and keeps variables of interest", async () => {
    const { diagnosis: _, age: __, ...rest } = visit(1, "000", "");
    const source = writeTable(join(folder, "sessions.tsv"), [
      { ...rest, Age_at_scan: "71", age_bl: "70", diagnosis_bl: "AD", MMSE: "20" },
    ]);
    const { labels } = await getLabels({
      ...GET_LABELS_DEFAULTS,
      source,
      outputFolder: folder,
      variablesOfInterest: ["MMSE"],
    });
    const { columns, rows } = await readTable(labels);
    expect(columns).toEqual(["participant_id", "session_id", "age_bl", "sex", "diagnosis", "MMSE"]);
    expect(rows[0]?.values).toMatchObject({ age_bl: "70", diagnosis: "AD", MMSE: "20" });
  });

  it("refuses variables and diagnoses that are not there", async () => {
    const rows = [visit(1, "000", "AD")];
    expect(await problemsOf(() => labelsOf(rows, { variablesOfInterest: ["MMSE", "CDR"] }))).toHaveLength(2);
    const message = (await problemsOf(() => labelsOf(rows, { diagnoses: ["FTD"] })))[0]?.message;
    expect(message).toMatch(/No session with the diagnosis FTD .*; the table holds AD/);
    expect(await problemsOf(() => labelsOf([{ ...rows[0]! }, { ...rows[0]!, age: "0" }]))).toMatchObject([
      { where: "row 3" },
    ]);
  });
});

describeWithReference("get-labels of ClinicaDL", ["reference/tsv"], () => {
  it("is made again from the same merged.tsv and missing_mods", async () => {
    await getLabels({
      ...GET_LABELS_DEFAULTS,
      source: "bids",
      outputFolder: folder,
      mergedTsv: reference("reference/tsv/merged.tsv"),
      missingMods: reference("reference/tsv/missing_mods"),
      capsDirectory: "caps",
    });
    const theirs = await readFile(reference("reference/tsv/labels.tsv"), "utf8");
    expect(await readFile(join(folder, "labels.tsv"), "utf8")).toBe(theirs);
    const record = JSON.parse(await readFile(join(folder, "labels.json"), "utf8"));
    const expected = JSON.parse(await readFile(reference("reference/tsv/labels.json"), "utf8"));
    expect({ ...record, merged_tsv: "", missing_mods: "" }).toEqual({
      ...expected,
      merged_tsv: "",
      missing_mods: "",
    });
    expect(Object.keys(record)).toEqual(Object.keys(expected));
  });

  it("keeps the sessions whose image the tables of missing modalities know", async () => {
    const options = {
      ...GET_LABELS_DEFAULTS,
      source: "bids",
      outputFolder: folder,
      mergedTsv: reference("reference/tsv/merged.tsv"),
      missingMods: reference("reference/tsv/missing_mods"),
    };
    expect(await getLabels({ ...options, modality: "pet_trc-18FFDG" })).toMatchObject({
      sessions: 4,
      participants: 4,
      diagnoses: { AD: 2, CN: 2 },
    });
    expect(await problemsOf(() => getLabels({ ...options, modality: "flair" }))).toHaveLength(1);
    expect(await problemsOf(() => getLabels({ ...options, missingMods: folder }))).toHaveLength(1);
  });
});

describe("getLabels", () => {
  const outcomeOf = (rows: readonly Row[], changes: Partial<GetLabelsOptions> = {}) =>
    getLabels({
      ...GET_LABELS_DEFAULTS,
      source: writeTable(join(folder, "sessions.tsv"), rows),
      outputFolder: join(folder, "out"),
      ...changes,
    });

  it("tells each reason why sessions are left out with its count, and the diagnoses that it inferred", async () => {
    const restrictionTsv = writeTable(join(folder, "restriction.tsv"), [
      visit(1, "000", "CN"),
      visit(1, "006", "CN"),
      visit(1, "012", "CN"),
      visit(6, "000", "CN"),
    ]);
    const complaints = { diagnosis_sc: "SMC" };
    const known = { diagnosis_sc: "" };
    const rows = [
      visit(1, "000", "CN", known),
      visit(1, "006", "", known),
      visit(1, "012", "CN", known),
      { ...visit(1, "000", "CN", known), session_id: "baseline" },
      visit(2, "000", "CN", complaints),
      visit(2, "006", "CN", complaints),
      visit(3, "000", "CN", known),
      visit(4, "000", "n/a", known),
      visit(4, "006", "n/a", known),
      visit(5, "000", "MCI", known),
      visit(5, "006", "MCI", known),
      visit(7, "000", "AD", known),
      visit(7, "006", "AD", known),
    ];
    const { leftOut, inferred, sessions } = await outcomeOf(rows, {
      removeUniqueSession: true,
      restrictionTsv,
    });
    expect(sessions).toBe(3);
    expect(inferred).toEqual(["sub-1 ses-M006"]);
    expect(leftOut).toEqual([
      { reason: "no-diagnosis", people: 1, sessions: 2, examples: ["sub-4 ses-M000", "sub-4 ses-M006"] },
      { reason: "other-diagnosis", people: 1, sessions: 2, examples: ["sub-5 ses-M000", "sub-5 ses-M006"] },
      { reason: "no-visit", people: 1, sessions: 1, examples: ["sub-1 baseline"] },
      { reason: "memory-complaints", people: 1, sessions: 2, examples: ["sub-2 ses-M000", "sub-2 ses-M006"] },
      { reason: "one-session", people: 1, sessions: 1, examples: ["sub-3 ses-M000"] },
      {
        reason: "outside-restriction",
        people: 1,
        sessions: 2,
        examples: ["sub-7 ses-M000", "sub-7 ses-M006"],
      },
    ]);
  });

  it("takes the place of an edited labels.tsv only when it is told to", async () => {
    const rows = [visit(1, "000", "AD"), visit(2, "000", "CN")];
    const { labels } = await outcomeOf(rows);
    await outcomeOf(rows);
    const edited = (await readFile(labels, "utf8")).replace("CN", "MCI");
    await writeFile(labels, edited);
    const [found] = await problemsOf(() => outcomeOf(rows));
    expect(found).toMatchObject({ code: "labels.would-change", file: labels });
    expect(found?.message).toContain("1 of its lines would go, 1 line would come");
    expect(await readFile(labels, "utf8")).toBe(edited);
    await outcomeOf(rows, { overwrite: true });
    expect(await readFile(labels, "utf8")).not.toBe(edited);
  });

  it("refuses diagnoses that differ from those that are asked by case only", async () => {
    const rows = [visit(1, "000", "AD"), visit(2, "000", "ad"), visit(3, "000", "CN")];
    expect(await problemsOf(() => outcomeOf(rows))).toMatchObject([{ code: "column.spellings" }]);
  });
});
