import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable } from "../../../../src/data/tables/table";
import { KFOLD_DEFAULTS, kfoldTable } from "../../../../src/data/tsv/kfold";
import { stratifiedFolds } from "../../../../src/data/tsv/stratifiedFolds";
import { temporaryFolder } from "../../../support/folderOfFile";
import { problemsOf } from "../../../support/problemsOf";
import { describeWithReference, reference } from "../../../support/reference";
import { person, writeTable } from "../../../support/study";

const folder = temporaryFolder();

describe("stratifiedFolds", () => {
  const alternating = Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? "CN" : "AD"));

  it.each([
    [2, [1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0]],
    [3, [2, 2, 0, 2, 1, 1, 1, 0, 2, 1, 0, 0]],
    [5, [3, 4, 0, 3, 2, 2, 1, 1, 4, 1, 0, 0]],
  ])("deals 12 alternating samples into %i folds as scikit-learn does", (folds, expected) => {
    expect(stratifiedFolds(alternating, folds)).toEqual(expected);
  });

  it("deals 7 CN and 5 AD into 3 folds as scikit-learn does", () => {
    const labels = [...Array(7).fill("CN"), ...Array(5).fill("AD")];
    expect(stratifiedFolds(labels, 3)).toEqual([1, 0, 1, 0, 2, 2, 0, 2, 1, 1, 2, 0]);
  });
});

describe("kfoldTable", () => {
  const people = Array.from({ length: 10 }, (_, i) =>
    person(`sub-${i}`, i < 6 ? "CN" : "AD", { sex: i % 2 ? "F" : "M" }),
  );
  const later = { ...people[9]!, session_id: "ses-M012" };

  it("puts each participant into one validation set, with the sessions of training complete", async () => {
    const file = writeTable(join(folder, "study/labels.tsv"), [later, ...people, people[0]!]);
    const { folder: made, sizes } = await kfoldTable(file, { ...KFOLD_DEFAULTS, nSplits: 3 });
    expect(made).toBe(join(folder, "study/3_fold"));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10);
    expect(JSON.parse(await readFile(join(made, "kfold.json"), "utf8"))).toEqual({
      n_splits: 3,
      subset_name: "validation",
      stratification: null,
    });
    const ids: string[] = [];
    for (const split of [0, 1, 2]) {
      const rows = async (name: string) =>
        (await readTable(join(made, `split-${split}`, `${name}.tsv`))).rows;
      const validation = (await rows("validation_baseline")).map(({ values }) => values.participant_id ?? "");
      ids.push(...validation);
      expect((await rows("train_baseline")).length).toBe(10 - validation.length);
      expect((await rows("train")).length).toBe(
        10 - validation.length + (validation.includes("sub-9") ? 0 : 1),
      );
    }
    expect(ids.sort()).toEqual(people.map(({ participant_id }) => participant_id));
  });

  it("writes all sessions of the validation sets, under another name and stratified otherwise, when asked", async () => {
    const file = writeTable(join(folder, "other/labels.tsv"), [...people, later]);
    const options = { nSplits: 2, subsetName: "test", stratification: "sex", validLongitudinal: true };
    const { folder: made } = await kfoldTable(file, options);
    const women = await Promise.all(
      [0, 1].map(async (split) => {
        const { rows } = await readTable(join(made, `split-${split}/test_baseline.tsv`));
        return rows.filter(({ values }) => values.sex === "F").length;
      }),
    );
    expect(women.sort()).toEqual([2, 3]);
    const lengths = await Promise.all(
      [0, 1].map(async (split) => (await readTable(join(made, `split-${split}/test.tsv`))).rows.length),
    );
    expect(lengths[0]! + lengths[1]!).toBe(11);
  });

  it("never writes into a folder of before", async () => {
    const file = writeTable(join(folder, "twice/labels.tsv"), people);
    expect((await kfoldTable(file, { ...KFOLD_DEFAULTS, nSplits: 2 })).folder).toMatch(/2_fold$/);
    expect((await kfoldTable(file, { ...KFOLD_DEFAULTS, nSplits: 2 })).folder).toMatch(/2_fold_2$/);
  });

  it("refuses folds that cannot be made, and writes nothing", async () => {
    const file = writeTable(join(folder, "bad/labels.tsv"), people);
    for (const nSplits of [0, 1, 7, 2.5]) {
      expect(await problemsOf(() => kfoldTable(file, { ...KFOLD_DEFAULTS, nSplits }))).toHaveLength(1);
    }
    const without = writeTable(
      join(folder, "bad/without.tsv"),
      people.map(({ diagnosis: _, ...row }) => row),
    );
    await mkdir(join(folder, "alone"));
    await cp(without, join(folder, "alone/without.tsv"));
    expect(await problemsOf(() => kfoldTable(join(folder, "alone/without.tsv")))).toMatchObject([
      { message: expect.stringMatching(/no column for the diagnosis/) },
    ]);
    expect((await kfoldTable(without, { ...KFOLD_DEFAULTS, nSplits: 2 })).sizes).toHaveLength(2);
  });
});

describeWithReference("a k-fold of ClinicaDL", ["reference/tsv/split"], () => {
  it("is made again, file by file", async () => {
    const file = join(folder, "again/train.tsv");
    await mkdir(join(folder, "again"));
    await cp(reference("reference/tsv/split/train.tsv"), file);
    const { folder: made } = await kfoldTable(file, { ...KFOLD_DEFAULTS, nSplits: 2 });
    const names = ["train.tsv", "train_baseline.tsv", "validation_baseline.tsv"];
    for (const path of ["split-0", "split-1"].flatMap((split) => names.map((name) => join(split, name)))) {
      const theirs = await readFile(reference(join("reference/tsv/split/2_fold", path)), "utf8");
      expect(await readFile(join(made, path), "utf8")).toBe(theirs);
    }
  });
});

describe("a kind of which there are fewer people than folds", () => {
  const rare = (count: number) =>
    Array.from({ length: 40 }, (_, i) =>
      person(`sub-${String(i).padStart(2, "0")}`, i < count ? "AD" : "CN"),
    );

  it("is named with the folds that hold none of it", async () => {
    const file = writeTable(join(folder, "rare/labels.tsv"), rare(2));
    const { warnings } = await kfoldTable(file);
    const { rows: split } = await readTable(join(folder, "rare/5_fold/split-0/validation_baseline.tsv"));
    expect(split.some(({ values }) => values.diagnosis === "AD")).toBe(true);
    expect(warnings).toMatchObject([{ severity: "warning", code: "folds.kind-not-validated" }]);
    expect(warnings[0]?.message).toBe(
      'No AD ("diagnosis", 2 in all) is in the validation set of split 2, 3, 4.',
    );
  });

  it("is not learned where a fold holds all of it", async () => {
    const file = writeTable(join(folder, "single/labels.tsv"), rare(1));
    const { warnings } = await kfoldTable(file);
    expect(warnings.map(({ code }) => code)).toEqual(["folds.kind-not-validated", "folds.kind-not-trained"]);
  });

  it("says nothing where each fold holds every kind", async () => {
    const file = writeTable(join(folder, "enough/labels.tsv"), rare(5));
    expect((await kfoldTable(file)).warnings).toEqual([]);
  });
});

describe("a table that kfold cannot take", () => {
  it("holds a kind in several spellings", async () => {
    const kinds = ["AD", "CN", "ad", "cn"];
    const people = Array.from({ length: 12 }, (_, i) => person(`sub-${i}`, kinds[i % 4]!));
    const file = writeTable(join(folder, "spelt/labels.tsv"), people);
    expect(await problemsOf(() => kfoldTable(file))).toMatchObject([{ code: "column.spellings" }]);
  });
});
