import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { surveyData } from "../../../src/data/plan/experimentData";
import { readTable } from "../../../src/data/tables/table";
import { resolveExperiment } from "../../../src/experiment/file/resolve";
import { EXIT } from "../../../src/run/exitCodes";
import { temporaryFolder } from "../../support/folder";
import { gyrus, resultOf } from "../../support/memoryTerminal";
import { person, type Row, writeCaps, writeTable } from "../../support/study";

const make = (...words: string[]) => gyrus("tsv", "make-splits", ...words);

const people = Array.from({ length: 40 }, (_, i) =>
  person(`sub-${String(i).padStart(2, "0")}`, i % 2 === 0 ? "AD" : "CN", {
    age: String(60 + ((i * 7) % 25)),
    sex: i % 3 === 0 ? "F" : "M",
    site: `site-${i % 3}`,
  }),
);
const study = (rows: readonly Row[] = people) => writeTable(join(temporaryFolder(), "people.tsv"), rows);

describe("gyrus tsv make-splits", () => {
  it("writes the labels, the sets of ClinicaDL and a record, and says what an experiment needs", async () => {
    const file = study();
    const { exit, printed } = await make(file, "--stratify", "site", "--seed", "3", "--json");
    expect(exit).toBe(EXIT.done);
    const folder = join(dirname(file), "splits");
    const result = resultOf(printed);
    expect(result).toMatchObject({
      folder,
      tsvPath: join(folder, "split/5_fold"),
      testTable: join(folder, "split/test_baseline.tsv"),
      experiment: { tsv_path: join(folder, "split/5_fold"), diagnoses: ["AD", "CN"], n_splits: 5 },
      people: 40,
      test: 8,
      classes: ["AD", "CN"],
    });
    const sets = ["labels", "split/train", "split/test", "split/5_fold/split-4/validation_baseline"];
    const counts = await Promise.all(
      sets.map(async (name) => (await readTable(join(folder, `${name}.tsv`))).rows.length),
    );
    expect(counts).toEqual([40, 32, 8, result.splits[4].validation]);
    const record = JSON.parse(await readFile(join(folder, "splits.json"), "utf8"));
    expect(record).toMatchObject({
      table: "../people.tsv",
      label: "diagnosis",
      classes: [["AD"], ["CN"]],
      stratify: ["site"],
      seed: 3,
      people: 40,
      balance: {
        columns: [{ column: "diagnosis" }, { column: "age" }, { column: "sex" }, { column: "site" }],
      },
    });
    expect(record.table_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("makes what an experiment trains on as it is", async () => {
    const home = temporaryFolder();
    // Of one there is no image, of another no label.
    const caps = await writeCaps(join(home, "caps"), people.slice(1));
    const rows = people.map(({ diagnosis = "", ...row }, i) => ({ ...row, group: i === 5 ? "" : diagnosis }));
    const table = writeTable(join(home, "people.tsv"), rows);
    const json = {
      caps_directory: "caps",
      tsv_path: "splits/5_fold",
      preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
      architecture: "Conv5_FC3",
    };
    const file = join(home, "a.experiment.json");
    writeFileSync(file, JSON.stringify(json));
    const { printed, exit } = await make(
      table,
      "--label",
      "group",
      "--test",
      "0",
      "--experiment",
      file,
      "--json",
    );
    expect(exit, printed).toBe(EXIT.done);
    const result = resultOf(printed);
    expect(result.leftOut.map(({ reason }: { reason: string }) => reason)).toEqual(["no-image", "no-label"]);
    const { experiment } = resolveExperiment({ ...json, ...result.experiment }, file);
    const { plan, problems } = await surveyData(experiment!);
    expect(problems).toEqual([]);
    expect(plan?.splits).toHaveLength(5);
    expect(plan?.classes).toEqual(["AD", "CN"]);
    expect(caps).toBe(join(home, "caps"));
  });

  it("leaves out sessions of which named images hold none, and says how many", async () => {
    const home = temporaryFolder();
    const table = writeTable(join(home, "people.tsv"), people);
    const paths = people.slice(3).map(({ participant_id, session_id }) => {
      const path = `${participant_id}.nii.gz`;
      writeFileSync(join(home, path), "");
      return { participant_id: participant_id!, session_id: session_id!, path };
    });
    writeTable(join(home, "images.tsv"), paths);
    writeFileSync(join(home, "images.json"), JSON.stringify({ table: "images.tsv" }));
    const here = JSON.stringify({ table: join(home, "images.tsv") });
    for (const images of [join(home, "images.json"), here]) {
      const { printed, exit } = await make(table, "--images", images, "--dry-run", "--json");
      expect(exit, printed).toBe(EXIT.done);
      expect(resultOf(printed)).toMatchObject({ people: 37, leftOut: [{ reason: "no-image", sessions: 3 }] });
    }
  });

  it("shows how alike the sets would be and writes nothing when it is asked to", async () => {
    const file = study();
    const { exit, printed, said } = await make(file, "--dry-run", "--leave-one-out", "site", "--test", "0");
    expect(exit).toBe(EXIT.done);
    expect(said).toContain("40 people with 40 sessions: AD 20, CN 20.");
    expect(said).toContain("3 splits: in each, those of one site validate and the rest trains.");
    expect(printed).toMatch(/^ +all +split 0: site-0 +split 1: site-1/);
    expect(printed).toMatch(/\nage, mean \(SD\) +\d/);
    expect(printed).toMatch(/\nsex: Cramér's V +[01]\.\d\d/);
    expect(existsSync(join(dirname(file), "splits"))).toBe(false);
  });

  it("makes equal files of equal asks, and never takes the place of others", async () => {
    const file = study();
    const first = resultOf((await make(file, "--json")).printed).folder;
    const second = resultOf((await make(file, "--json")).printed).folder;
    expect(second).toBe(`${first}_2`);
    for (const name of ["splits.json", "split/5_fold/split-2/train.tsv"])
      expect(readFileSync(join(second, name), "utf8")).toBe(readFileSync(join(first, name), "utf8"));
  });

  it("takes many numbers for a number to predict, and few for classes unless it is told", async () => {
    const rows = people.map((row, i) => ({ ...row, score: String(i % 4), years: String(i) }));
    const of = async (...words: string[]) =>
      resultOf((await make(study(rows), "--dry-run", "--json", ...words)).printed);
    expect(await of("--label", "years")).toMatchObject({ classes: [], experiment: { label: "years" } });
    expect((await of("--label", "score")).experiment.label_code).toEqual({ 0: 0, 1: 1, 2: 2, 3: 3 });
    expect((await of("--label", "score", "--number")).classes).toEqual([]);
    expect((await of("--label", "score", "--classes", "0+1", "--classes", "3")).classes).toEqual([
      "0+1",
      "3",
    ]);
    expect(await of("--label", "none")).toMatchObject({
      classes: [],
      experiment: { diagnoses: ["AD", "CN"] },
    });
  });

  it.each([
    [["--folds", "5", "--validation", "0.2"], "usage.one-of"],
    [["--classes", "AD", "--number"], "usage.one-of"],
    [["--test", "12.5"], "usage.number-or-share"],
    [["--label", "dx"], "table.column-missing"],
    [["--balance", "apoe"], "table.column-missing"],
    [["--folds", "21"], "splits.class-too-small"],
  ])("refuses %s", async (words, code) => {
    const { exit, printed } = await make(study(), ...words, "--json");
    expect(exit).toBe(EXIT.badInput);
    expect(JSON.parse(printed).problems[0].code).toBe(code);
  });
});
