import { cp, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../../../src/data/tables/table";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { describeWithReference, reference } from "../../support/reference";
import { person, type Row, writeTable } from "../../support/study";

const tsv = (...words: string[]) => gyrus("tsv", ...words);

const people = Array.from({ length: 60 }, (_, i) =>
  person(`sub-${String(i).padStart(2, "0")}`, i % 3 === 0 ? "AD" : "CN", {
    age: String(60 + ((i * 7) % 25)),
    sex: i % 2 === 0 ? "F" : "M",
  }),
);
const study = (rows: readonly Row[] = people) => writeTable(join(temporaryFolder(), "labels.tsv"), rows);
const ids = async (file: string) => (await readTable(file)).rows.map(({ values }) => values.participant_id);

describe("gyrus tsv", () => {
  it("lists its commands when it is asked, or when it does not know one", async () => {
    const asked = await tsv("--help");
    expect(asked.exit).toBe(EXIT.done);
    for (const name of ["get-labels", "split", "kfold", "make-splits", "analysis"])
      expect(asked.printed).toContain(`tsv ${name}`);
    expect(asked.printed).not.toContain("demo");
    expect(await tsv("fold")).toMatchObject({
      exit: EXIT.badInput,
      said: expect.stringMatching(/^gyrus: There is no command "tsv fold"\.[\s\S]*tsv kfold/),
    });
    expect((await tsv()).exit).toBe(EXIT.badInput);
  });

  it.each(["get-labels", "split", "kfold", "make-splits", "analysis"])(
    "%s has a help of its own",
    async (name) => {
      const { exit, printed } = await tsv(name, "--help");
      expect(exit).toBe(EXIT.done);
      expect(printed).toMatch(new RegExp(`^Usage: gyrus tsv ${name} `));
    },
  );

  it.each([
    ["get-labels", "bids"],
    ["split"],
    ["split", "a.tsv", "b.tsv"],
    ["split", "a.tsv", "--n_test", "12.5"],
    ["split", "a.tsv", "--n_test", ""],
    ["split", "a.tsv", "--p_age_threshold", "80"],
    ["split", "a.tsv", "--seed", "x"],
    ["split", "a.tsv", "--subset_name", "train"],
    ["split", "a.tsv", "--subset_name", "../test"],
    ["kfold", "a.tsv", "--n_splits", "1"],
    ["kfold", "a.tsv", "--seed", "1"],
    ["make-splits"],
    ["make-splits", "a.tsv", "--folds", "1"],
    ["make-splits", "a.tsv", "--sessions", "last"],
    ["analysis", "merged.tsv"],
    ["analysis", "merged.tsv", "data.tsv", "merged.tsv"],
    ["get-labels", "study/labels.tsv", "study"],
  ])("refuses %s %s %s %s with its usage", async (...words) => {
    const { exit, said } = await tsv(...words);
    expect(exit).toBe(EXIT.badInput);
    expect(said).toMatch(new RegExp(`^gyrus tsv ${words[0]}: [\\s\\S]*\nUsage: gyrus tsv ${words[0]} `));
  });
});

describe("gyrus tsv get-labels", () => {
  const rows = people.map((row, i) => ({ ...row, site: `site-${i % 4}` }));

  it("says what labels.tsv holds", async () => {
    const file = study(rows);
    const output = join(dirname(file), "out");
    const { exit, said, printed } = await tsv("get-labels", file, output);
    expect([exit, printed]).toEqual([EXIT.done, ""]);
    expect(said).toBe(`${join(output, "labels.tsv")}: 60 sessions of 60 participants (20 AD, 40 CN).`);
  });

  it("takes the diagnosis from the column that is named", async () => {
    const file = study(people.map(({ diagnosis = "", ...row }) => ({ ...row, etat: diagnosis })));
    const output = join(dirname(file), "out");
    const words = ["get-labels", file, output, "--json"];
    expect((await tsv(...words)).exit).toBe(EXIT.badInput);
    const { printed } = await tsv(...words, "--diagnosis-column", "etat");
    expect(resultOf(printed).diagnoses).toEqual({ AD: 20, CN: 40 });
    const [first] = (await readTable(join(output, "labels.tsv"))).rows;
    expect(first?.values).toMatchObject({ participant_id: "sub-00", diagnosis: "AD" });
  });

  it("takes the diagnoses and columns that are asked for", async () => {
    const file = study(rows);
    const output = join(dirname(file), "out");
    const words = ["--diagnoses", "AD", "--variables_of_interest", "site", "--modality", "none", "--json"];
    const labels = join(output, "labels.tsv");
    expect(resultOf((await tsv("get-labels", file, output, ...words)).printed)).toEqual({
      labels,
      sessions: 20,
      participants: 20,
      diagnoses: { AD: 20 },
      inferred: [],
      leftOut: [
        {
          reason: "other-diagnosis",
          people: 40,
          sessions: 40,
          examples: expect.arrayContaining([expect.stringMatching(/^sub-.* ses-M000$/)]),
        },
      ],
      warnings: [],
    });
    expect((await readTable(labels)).columns).toEqual([
      "participant_id",
      "session_id",
      "age",
      "sex",
      "diagnosis",
      "site",
    ]);
    expect(JSON.parse(await readFile(join(output, "labels.json"), "utf8"))).toMatchObject({
      bids_directory: file,
      modality: null,
      variables_of_interest: ["site"],
    });
  });

  it("says which table cannot be read", async () => {
    const file = join(temporaryFolder(), "absent.tsv");
    const { exit, said } = await tsv("get-labels", file, dirname(file));
    expect(exit).toBe(EXIT.badInput);
    expect(said).toContain(file);
  });
});

describe("gyrus tsv split", () => {
  it("says what was written and the p-values that it reached", async () => {
    const file = study();
    const { exit, said } = await tsv("split", file, "--n_test", "12", "--subset_name", "test");
    expect(exit).toBe(EXIT.done);
    expect(said).toContain(`${join(dirname(file), "split")}: 48 participants in train, 12 in test.`);
    expect(said).toMatch(
      /Reached p = (0\.[89]\d\d|1\.000) for age \(Student's t-test\) and p = (0\.\d{3}|1\.000) for sex \(Fisher's exact test\) in \d+ draws?\./,
    );
  });

  it("draws the same set from the same seed", async () => {
    const file = study();
    const drawn = [];
    for (const seed of ["1", "1", "2"]) {
      const { printed } = await tsv("split", file, "--n_test", "0.2", "--seed", seed, "--json");
      const { folder, subset }: { folder: string; subset: number } = resultOf(printed);
      expect(subset).toBe(12);
      drawn.push(await ids(join(folder, "validation_baseline.tsv")));
    }
    expect(drawn[0]).toEqual(drawn[1]);
    expect(drawn[0]).not.toEqual(drawn[2]);
  });

  it("hands every option on", async () => {
    const file = study(people.map(({ age: _, sex: __, ...row }) => row));
    const words = ["--n_test", "6", "--ignore_demographics", "--valid_longitudinal", "--seed", "7"];
    const thresholds = ["--p_age_threshold", "0.5", "--p_sex_threshold", "0.6"];
    const { said } = await tsv("split", file, ...words, ...thresholds);
    const folder = join(dirname(file), "split");
    expect(said).toBe(`${folder}: 54 participants in train, 6 in validation.`);
    expect(await readdir(folder)).toContain("validation.tsv");
    expect(JSON.parse(await readFile(join(folder, "split.json"), "utf8"))).toMatchObject({
      n_test: 6,
      p_age_threshold: 0.5,
      p_sex_threshold: 0.6,
      ignore_demographics: true,
      seed: 7,
    });
  });

  it("tells the best p-values when none of its draws reaches the thresholds", async () => {
    const old = people.map((row, i) => ({ ...row, age: i === 0 ? "500" : "60" }));
    const { exit, said } = await tsv("split", study(old), "--n_test", "12", "--p_age_threshold", "0.99");
    expect(exit).toBe(EXIT.badInput);
    expect(said).toMatch(/the best has p = 0\.\d+ for age \(Student's t-test; asked 0\.99\)/);
  });
});

describe("gyrus tsv kfold", () => {
  it("says the sizes of the validation sets, and prints them", async () => {
    const file = study();
    const { exit, said, printed } = await tsv("kfold", file, "--n_splits", "4", "--json");
    const folder = join(dirname(file), "4_fold");
    expect(exit).toBe(EXIT.done);
    expect(said).toBe(`${folder}: 4 splits with 15, 15, 15, 15 participants in validation.`);
    expect(resultOf(printed)).toEqual({ folder, sizes: [15, 15, 15, 15], warnings: [] });
  });

  it("hands every option on", async () => {
    const file = study();
    const words = [
      "--n_splits",
      "2",
      "--stratification",
      "sex",
      "--subset_name",
      "test",
      "--valid_longitudinal",
    ];
    await tsv("kfold", file, ...words);
    const folder = join(dirname(file), "2_fold");
    expect(await readdir(join(folder, "split-1"))).toContain("test.tsv");
    expect(JSON.parse(await readFile(join(folder, "kfold.json"), "utf8"))).toEqual({
      n_splits: 2,
      subset_name: "test",
      stratification: "sex",
    });
  });
});

it.each([
  ["split", ["--n_test", "0.2"], "split/train.tsv"],
  ["kfold", ["--n_splits", "4"], "4_fold/split-0/train.tsv"],
])("gyrus tsv %s names whom the labels.tsv above does not know", async (command, words, written) => {
  const labels = study(people.slice(0, 58));
  const keys = people.map(({ participant_id = "", session_id = "" }) => ({ participant_id, session_id }));
  const list = writeTable(join(dirname(labels), "sub/list.tsv"), keys);
  const { exit, said } = await tsv(command, list, ...words);
  expect(exit).toBe(EXIT.done);
  const names = people.slice(58).map((row) => `${row.participant_id} ${row.session_id}`);
  expect(said).toContain(`2 of 60 rows are left out: ${labels}, which tells their`);
  expect(said).toContain(`(${names.join(", ")})`);
  expect(await readdir(dirname(join(dirname(list), written)))).toContain("train.tsv");
});

describe("gyrus tsv analysis", () => {
  const few = [
    person("sub-1", "AD", { age: "70", sex: "F" }),
    person("sub-2", "AD", { age: "75", sex: "M" }),
    person("sub-3", "CN", { age: "", sex: "M" }),
  ];

  it("shows a column a diagnosis, without what no table knows", async () => {
    const file = study(few);
    const { exit, printed, said } = await tsv("analysis", file, file);
    expect([exit, said]).toEqual([EXIT.done, ""]);
    const lines = printed.split("\n").map((line) => line.trim().split(/\s+/));
    expect(lines).toContainEqual(["n_subjects", "2", "1"]);
    expect(lines).toContainEqual(["mean_age", "72.5"]);
    expect(printed).not.toMatch(/MMSE|CDR/);
    const rated = study(few.map((row) => ({ ...row, cdr_global: "0.5" })));
    expect((await tsv("analysis", rated, rated)).printed).toMatch(/^CDR_0\.5 +2 +1$/m);
  });

  it("writes the table that it is asked for, and prints numbers", async () => {
    const file = study(few);
    const output = join(dirname(file), "analysis.tsv");
    const { printed, said } = await tsv("analysis", file, file, output, "--json");
    expect(said).toBe(`${output}: 2 diagnoses.`);
    expect(resultOf(printed).groups).toMatchObject([
      { group: "AD", n_subjects: 2, mean_age: 72.5, mean_MMSE: null },
      { group: "CN", n_subjects: 1, mean_age: null },
    ]);
    expect((await readTable(output)).rows.map(({ values }) => values.group)).toEqual(["AD", "CN"]);
  });
});

describeWithReference("gyrus tsv on the tables of ClinicaDL", ["reference/tsv"], () => {
  const copy = async () => {
    const folder = join(temporaryFolder(), "tsv");
    await cp(reference("reference/tsv"), folder, { recursive: true });
    return folder;
  };
  const theirs = (path: string) => readFile(reference(`reference/tsv/${path}`), "utf8");

  it("makes the same labels.tsv from the merged.tsv and missing_mods of its output folder", async () => {
    const folder = await copy();
    const { exit } = await tsv("get-labels", "bids", folder, "--caps_directory", "caps");
    expect(exit).toBe(EXIT.done);
    expect(await readFile(join(folder, "labels.tsv"), "utf8")).toBe(await theirs("labels.tsv"));
  });

  it("makes the same folds, byte for byte", async () => {
    const folder = await copy();
    const { exit } = await tsv("kfold", join(folder, "split/train.tsv"), "--n_splits", "2");
    expect(exit).toBe(EXIT.done);
    for (const split of ["split-0", "split-1"]) {
      for (const name of ["train.tsv", "train_baseline.tsv", "validation_baseline.tsv"]) {
        const ours = await readFile(join(folder, "split/2_fold_2", split, name), "utf8");
        expect(ours).toBe(await theirs(`split/2_fold/${split}/${name}`));
      }
    }
  });

  it("splits into files of the same names beside what is there", async () => {
    const folder = await copy();
    const words = ["--n_test", "6", "--subset_name", "test"];
    const { exit, said } = await tsv("split", join(folder, "labels.tsv"), ...words);
    expect(exit).toBe(EXIT.done);
    expect(said).toContain("split_2: ");
    const names = (await readdir(join(folder, "split"))).filter((name) => name !== "2_fold");
    expect((await readdir(join(folder, "split_2"))).sort()).toEqual(names.sort());
    expect(await ids(join(folder, "split_2/test_baseline.tsv"))).toHaveLength(6);
  });

  it("describes the participants of the labels", async () => {
    const folder = await copy();
    const words = [join(folder, "merged.tsv"), join(folder, "labels.tsv"), "--json"];
    const { groups } = resultOf((await tsv("analysis", ...words)).printed);
    const labels = (await readTable(join(folder, "labels.tsv"))).rows;
    expect(groups).toMatchObject(
      ["AD", "CN"].map((group) => ({
        group,
        n_scans: labels.filter(({ values }) => values.diagnosis === group).length,
      })),
    );
  });
});
