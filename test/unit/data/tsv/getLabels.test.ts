import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
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

describe("getLabels from a BIDS", () => {
  const image = async (participant: string, session: string, name: string) => {
    const file = join(folder, "bids", participant, session, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, "");
  };
  const labels = async (changes: Partial<GetLabelsOptions> = {}) => {
    const options = {
      ...GET_LABELS_DEFAULTS,
      source: join(folder, "bids"),
      outputFolder: join(folder, "out"),
    };
    return (await readTable((await getLabels({ ...options, overwrite: true, ...changes })).labels)).rows.map(
      ({ values }) => values,
    );
  };

  beforeEach(async () => {
    writeTable(join(folder, "bids/participants.tsv"), [
      { participant_id: "sub-1", sex: "F", age: "70", diagnosis: "AD" },
      { participant_id: "sub-2", sex: "M", age: "75", diagnosis: "CN" },
    ]);
    writeTable(join(folder, "bids/sub-1/sub-1_sessions.tsv"), [
      { session_id: "ses-M000", age: "70.1", diagnosis: "AD" },
      { session_id: "ses-M006", age: "70.6", diagnosis: "AD" },
    ]);
    await image("sub-1", "ses-M000", "anat/sub-1_ses-M000_T1w.nii.gz");
    await image("sub-1", "ses-M006", "pet/sub-1_ses-M006_trc-18FFDG_rec-avg_pet.nii.gz");
    await image("sub-2", "ses-M000", "anat/sub-2_ses-M000_run-1_T1w.nii");
  });

  it("joins participants.tsv, sessions.tsv and the folders of sessions, and keeps sessions with the image", async () => {
    expect(await labels()).toEqual([
      { participant_id: "sub-1", session_id: "ses-M000", age: "70.1", sex: "F", diagnosis: "AD" },
      { participant_id: "sub-2", session_id: "ses-M000", age: "75", sex: "M", diagnosis: "CN" },
    ]);
  });

  it("looks for other images, or for none", async () => {
    const sessions = async (modality: string | null) =>
      (await labels({ modality })).map(({ session_id }) => session_id);
    expect(await sessions("pet_trc-18FFDG")).toEqual(["ses-M006"]);
    expect(await sessions(null)).toEqual(["ses-M000", "ses-M006", "ses-M000"]);
    expect(await problemsOf(() => sessions("pet_trc-18FAV45"))).toHaveLength(1);
  });

  it("refuses a folder that is no BIDS", async () => {
    expect(await problemsOf(() => labels({ source: folder }))).toMatchObject([
      { message: expect.stringMatching(/not a BIDS/) },
    ]);
  });
});

describe("getLabels from a BIDS as studies spell it", () => {
  const ids = ["001", "002", "003", "004"];
  /** A BIDS of four people whose table is changed; `session` null without folders of sessions. */
  async function bids(
    change: (row: Row, i: number) => Row,
    session: string | null = "ses-M000",
  ): Promise<string> {
    const rows = ids.map((id, i) => ({
      participant_id: `sub-${id}`,
      age: String(60 + i),
      sex: i % 2 === 0 ? "F" : "M",
      diagnosis: i < 2 ? "AD" : "CN",
    }));
    writeTable(join(folder, "bids/participants.tsv"), rows.map(change));
    for (const id of ids) {
      const name = [`sub-${id}`, ...(session === null ? [] : [session])];
      const file = join(folder, "bids", ...name, "anat", `${name.join("_")}_T1w.nii.gz`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, "");
    }
    return join(folder, "bids");
  }
  async function labels(source: string) {
    const outcome = await getLabels({ ...GET_LABELS_DEFAULTS, source, outputFolder: join(folder, "out") });
    const rows = (await readTable(outcome.labels)).rows.map(({ values }) => values);
    return {
      rows,
      told: outcome.warnings.map(({ code, severity, message }) => ({ code, severity, message })),
    };
  }

  it("13-bids-sex-words: codes the words for the sexes F and M, and says so", async () => {
    const words = ["female", "m", "f", "male"];
    const { rows, told } = await labels(await bids((row, i) => ({ ...row, sex: words[i] ?? "" })));
    expect(rows.map(({ sex }) => sex)).toEqual(["F", "M", "F", "M"]);
    expect(told).toMatchObject([{ code: "labels.sex-coded", severity: "notice" }]);
  });

  it("14-bids-age-89plus: takes 89+ for 89 with a notice; what is not known stays", async () => {
    const changed = await bids((row, i) =>
      i === 1 ? { ...row, age: "89+" } : i === 2 ? { ...row, age: "n/a", sex: "n/a" } : row,
    );
    const { rows, told } = await labels(changed);
    expect(rows.map(({ age }) => age)).toEqual(["60", "89", "n/a", "63"]);
    expect(rows[2]?.sex).toBe("n/a");
    expect(told).toEqual([
      {
        code: "labels.age-or-more",
        severity: "notice",
        message: "The age of 1 of 4 sessions stands for itself and more: 89+ (sub-002 ses-M000).",
      },
    ]);
  });

  it("takes the sex from a column `gender`, which was dropped without a word", async () => {
    const { rows, told } = await labels(await bids(({ sex = "", ...row }) => ({ ...row, gender: sex })));
    expect(rows.every(({ sex }) => sex === "F" || sex === "M")).toBe(true);
    expect(told).toMatchObject([{ code: "labels.sex-column", severity: "notice" }]);
  });

  it("says that no column tells age or sex, which `tsv split` will ask for", async () => {
    const { told } = await labels(await bids(({ sex: _, age: __, ...row }) => row));
    expect(told).toMatchObject([
      {
        code: "labels.no-demographic",
        severity: "warning",
        message: expect.stringMatching(/the age; there are: /),
      },
      {
        code: "labels.no-demographic",
        severity: "warning",
        message: expect.stringMatching(/the sex; there are: /),
      },
    ]);
  });

  it("writes ages with a point where the table has decimal commas, and says so", async () => {
    const { rows, told } = await labels(await bids((row, i) => (i < 2 ? { ...row, age: `6${i},5` } : row)));
    expect(rows.map(({ age }) => age)).toEqual(["60.5", "61.5", "62", "63"]);
    expect(told).toMatchObject([
      {
        code: "labels.decimal-comma",
        severity: "notice",
        message: expect.stringMatching(/2 of 4 .*60,5, 61,5/),
      },
    ]);
  });

  it.each([
    ["without sub-", (id: string) => id, "001", "the prefix"],
    [
      "as numbers of a spreadsheet",
      (id: string) => String(Number(id)),
      "1",
      "the prefix (`sub-`, `ses-`), leading zeros",
    ],
  ])(
    "17-bids-prefix-lost: takes ids %s for the folders that they can mean only, and says so",
    async (_, spell, here, difference) => {
      const changed = await bids((row, i) => ({ ...row, participant_id: spell(ids[i] ?? "") }));
      const { rows, told } = await labels(changed);
      expect(rows.map(({ participant_id }) => participant_id)).toEqual(ids.map((id) => `sub-${id}`));
      expect(told).toMatchObject([{ code: "ids.otherwise-in-bids", severity: "warning" }]);
      expect(told[0]?.message).toContain(
        `4 of 4 ids of the table are spelt otherwise than their folders: ${here} in the table, sub-001 as a folder. They differ in ${difference}`,
      );
    },
  );

  it("says that ids and folders do not meet, and who has no folder", async () => {
    const strangers = await bids((row, i) => ({ ...row, participant_id: `sub-X${i}` }));
    expect(await problemsOf(() => labels(strangers))).toMatchObject([
      {
        code: "ids.none-in-bids",
        message: expect.stringMatching(/The table says sub-X0 for instance, a folder is sub-001\.$/),
      },
    ]);
    const { rows, told } = await labels(
      await bids((row, i) => (i === 3 ? { ...row, participant_id: "sub-gone" } : row)),
    );
    expect(rows).toHaveLength(3);
    expect(told).toMatchObject([
      { code: "bids.no-folder", message: expect.stringMatching(/^1 of 4 .*\(sub-gone\)\.$/) },
    ]);
  });

  it.each(["ses-01", "ses-20190304", "ses-baseline"])(
    "18-bids-ses-01: takes sessions named %s",
    async (session) => {
      const { rows, told } = await labels(await bids((row) => row, session));
      expect(rows.map(({ session_id }) => session_id)).toEqual([session, session, session, session]);
      expect(told).toEqual([]);
    },
  );

  it("18-bids-ses-01: takes people without sessions, who get Clinica's name for one, with a notice", async () => {
    const { rows, told } = await labels(await bids((row) => row, null));
    expect(rows.map(({ session_id }) => session_id)).toEqual(Array(4).fill("ses-M000"));
    expect(told).toMatchObject([{ code: "bids.no-sessions", severity: "notice" }]);
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
