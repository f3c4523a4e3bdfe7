import { mkdir, rename, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planData } from "../../../src/data/plan/experimentData";
import type { Problem } from "../../../src/experiment/problems/problem";
import { plannedStudy, train, validation } from "../../support/plannedStudy";
import { problemsOf } from "../../support/problemsOf";
import {
  experimentOn,
  imageFile,
  person,
  type Row,
  writeCaps,
  writeImage,
  writeTable,
} from "../../support/study";

const study = plannedStudy();
const { table, writeTrain, writeValidation } = study;

describe("planData refuses bad input, with its place and a remedy", () => {
  const refusal = async (changes: Parameters<typeof experimentOn>[1] = {}, label = "diagnosis") =>
    problemsOf(() => planData(experimentOn(study.folder, changes, label)));
  const one = (problems: readonly Problem[]) => {
    expect(problems.map(({ message }) => message)).toHaveLength(1);
    return problems[0];
  };

  it("a missing image", async () => {
    await rm(imageFile(join(study.folder, "caps"), "sub-4"));
    expect(one(await refusal())).toMatchObject({
      file: table("validation_baseline"),
      where: "row 2",
      message: expect.stringMatching(/^sub-4 ses-M000 has no image/),
    });
  });

  it("no image at all: one problem, not one for each row", async () => {
    const problem = one(await refusal({ preprocessing_dict: { preprocessing: "flair-linear" } }));
    expect(problem?.message).toMatch(/None of 5 sessions/);
  });

  it("two images of one session", async () => {
    const caps = join(study.folder, "caps");
    await writeImage(
      join(
        caps,
        "subjects/sub-1/ses-M000/copy/sub-1_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz",
      ),
    );
    expect(one(await refusal())?.message).toMatch(/sub-1 ses-M000 has 2 images/);
  });

  it("an image that is no NIfTI, truncated in its header, or 4D: all at once, each with its participant", async () => {
    const caps = join(study.folder, "caps");
    await writeFile(imageFile(caps, "sub-1"), "not an image");
    await truncate(imageFile(caps, "sub-2"), 20);
    await writeImage(imageFile(caps, "sub-3"), (i) => i, [6, 5, 5]);
    const problems = await refusal();
    expect(problems.map(({ message }) => message.slice(0, 15))).toEqual([
      "sub-1 ses-M000:",
      "sub-2 ses-M000:",
      "sub-3 ses-M000:",
    ]);
    expect(problems[2]?.message).toMatch(/has 6x5x5 voxels, the others 6x5x4/);
    expect(problems.map(({ file }) => file)).toEqual(
      ["sub-1", "sub-2", "sub-3"].map((id) => imageFile(caps, id)),
    );
  });

  it("a participant and session twice", async () => {
    writeTrain([...train, train[0]!]);
    expect(one(await refusal())).toMatchObject({ file: table("train"), where: "row 5" });
  });

  it("a missing column", async () => {
    writeTrain(train.map(({ diagnosis: _, ...row }) => row));
    expect((await refusal())[0]).toMatchObject({
      file: table("train"),
      message: expect.stringMatching(/"diagnosis" is missing/),
    });
    expect(
      (await refusal({ network_task: "regression" }, "age")).map(({ message }) => message),
    ).toContainEqual(expect.stringMatching(/"age" is missing/));
  });

  it("an unknown label, and an empty one", async () => {
    writeTrain([...train, person("sub-6", "MCI"), person("sub-7", "AD", { diagnosis: "" })]);
    await writeCaps(join(study.folder, "caps"), [
      ...train,
      ...validation,
      person("sub-6", "MCI"),
      person("sub-7", ""),
    ]);
    const problems = await refusal({ label_code: { AD: 0, CN: 1 }, diagnoses: ["AD", "CN", "MCI", ""] });
    expect(problems.map(({ where, message }) => [where, message])).toEqual([
      ["row 5", 'The diagnosis of sub-6 ses-M000, "MCI", is none of AD, CN.'],
      ["row 6", "sub-7 ses-M000 has no diagnosis."],
    ]);
  });

  it("a label that pandas would read as missing", async () => {
    const aged = (rows: readonly Row[], age: string) => rows.map((row) => ({ ...row, age }));
    writeTrain([...aged(train.slice(1), "70"), ...aged(train.slice(0, 1), "n/a")]);
    writeValidation(aged(validation, "71"));
    expect(one(await refusal({ network_task: "regression" }, "age"))?.message).toBe(
      "sub-1 ses-M000 has no age.",
    );
  });

  it("an age as the label of a classification, in one line that says what to do", async () => {
    const ages = (rows: readonly Row[], first: number) =>
      rows.map((row, i) => ({ ...row, age: String(first + i) }));
    const many = [1, 2, 3, 4, 5].map((id) => person(`sub-${id}`, id % 2 === 0 ? "AD" : "CN"));
    writeTrain(ages(many, 60));
    writeValidation(ages([person("sub-9", "AD")], 71));
    const problems = await refusal({}, "age");
    expect(problems.map(({ code }) => code)).toEqual(["label.is-a-number", "ids.no-folder"]);
    expect(problems[0]).toMatchObject({
      where: "label",
      message:
        'The column "age" holds 5 different numbers in 5 training rows (60, 61, 62, 63, 64): each would be a class of its own.',
      remedy: expect.stringMatching(/"regression"/),
    });
  });

  it.each<[string, readonly string[]]>([
    ["a few ages", ["70", "81", "70", "81"]],
    ["many small numbers", Array.from({ length: 22 }, (_, i) => String(i % 11))],
    ["decimals of a measure, with a comma", ["31,5", "29,25", "31,5", "29,25"]],
  ])("%s as the label of a classification", async (_what, labels) => {
    writeTrain(labels.map((score, i) => person(`sub-${i + 1}`, "AD", { score })));
    writeValidation([person("sub-30", "AD", { score: labels[0] ?? "" })]);
    const problems = await refusal({}, "score");
    expect(problems.map(({ code }) => code)).toContain("label.is-a-number");
  });

  it.each<[string, readonly string[], object]>([
    ["0 and 1", ["0", "1", "0", "1"], {}],
    ["a CDR", ["0", "0.5", "1", "2", "0", "0.5", "1", "2"], {}],
    ["large numbers that `label_code` names", ["70", "81"], { label_code: { "70": 0, "81": 1 } }],
  ])("but not %s: these are codes of classes", async (_what, labels, changes) => {
    writeTrain(labels.map((score, i) => person(`sub-${i + 1}`, "AD", { score })));
    writeValidation([person("sub-30", "AD", { score: labels[0] ?? "" })]);
    const problems = await refusal(changes, "score");
    expect(problems.map(({ code }) => code)).not.toContain("label.is-a-number");
  });

  it("warns of large numbers that come back often, as genotypes do, and takes them for classes", async () => {
    const genotypes = Array.from({ length: 30 }, (_, i) => ["33", "34", "44"][i % 3] ?? "");
    writeTrain(genotypes.map((apoe, i) => person(`sub-${i + 1}`, "AD", { apoe })));
    writeValidation([person("sub-40", "AD", { apoe: "34" })]);
    const problems = await refusal({}, "apoe");
    expect(problems.filter(({ code }) => code === "label.is-a-number")).toMatchObject([
      { severity: "warning", where: "label" },
    ]);
  });

  it("a training table that stands there as a workbook, which is named", async () => {
    await rename(join(study.folder, "split/train.tsv"), join(study.folder, "split/train.xlsx"));
    expect(one(await refusal())).toMatchObject({
      code: "table.other-ending",
      file: join(study.folder, "split/train.tsv"),
      where: "tsv_path",
      message: "The file does not exist; train.xlsx stands in its place.",
    });
  });

  it("a decimal comma, in a regression: many rows are one line", async () => {
    const commas = (rows: readonly Row[]) => rows.map((row, i) => ({ ...row, age: `6${i},5` }));
    writeTrain(commas(train));
    writeValidation(commas(validation));
    const problems = await refusal({ network_task: "regression" }, "age");
    expect(problems).toMatchObject([
      {
        code: "label.decimal-comma",
        message: 'The age of sub-1 ses-M000, "60,5", has a decimal comma.',
        remedy: expect.stringMatching(/point\. The same holds for 4 more \(sub-2 ses-M000, /),
      },
    ]);
  });

  it("a value that is not a number, in a regression", async () => {
    const aged = (rows: readonly Row[], age: string) => rows.map((row) => ({ ...row, age }));
    writeTrain([...aged(train.slice(1), "70"), ...aged(train.slice(0, 1), "old")]);
    writeValidation(aged(validation, "71"));
    expect(one(await refusal({ network_task: "regression" }, "age"))).toMatchObject({
      where: "row 4",
      message: 'The age of sub-1 ses-M000 is "old", not a number.',
    });
  });

  it("a session without image that several splits hold, once, where it stands first", async () => {
    await rm(imageFile(join(study.folder, "caps"), "sub-1"));
    for (const split of [0, 1]) {
      const inSplit = (name: string) => join(study.folder, `split/split-${split}/${name}.tsv`);
      writeTable(inSplit("train"), train);
      writeTable(inSplit("validation_baseline"), validation);
    }
    expect(one(await refusal({ n_splits: 2 }))).toMatchObject({
      file: join(study.folder, "split/split-0/train.tsv"),
      remedy: expect.stringContaining("leave it out of the table that was split (2 tables hold it)."),
    });
  });

  it("an empty set", async () => {
    writeValidation([person("sub-4", "MCI")]);
    expect(one(await refusal())).toMatchObject({
      file: table("validation_baseline"),
      message: "No row has one of the diagnoses AD, CN; there are: MCI.",
    });
  });

  it("a class that the training set lacks", async () => {
    writeTrain(train.slice(1));
    const problems = await refusal({ label_code: { AD: 0, CN: 1 } });
    expect(problems.map(({ message }) => message)).toEqual([
      "The class AD has no row in the training set of split 0.",
    ]);
  });

  it("one class only", async () => {
    writeTrain(train.slice(1));
    const problems = await refusal();
    expect(problems.map(({ message }) => message)).toEqual([expect.stringMatching(/one class only \(CN\)/)]);
  });

  it("a training table without labels, which no validation row is to blame for", async () => {
    writeTrain([]);
    expect(one(await refusal())).toMatchObject({ file: table("train") });
    await writeFile(table("train"), "participant_id\tsession_id\tdx\nsub-1\tses-M000\tAD\n");
    expect(one(await refusal())?.message).toMatch(/The column "diagnosis" is missing/);
  });

  it("a label code with a gap", async () => {
    expect((await refusal({ label_code: { AD: 0, CN: 2 } }))[0]).toMatchObject({ where: "label_code" });
  });

  it("a diagnosis that no table holds, with all that they hold", async () => {
    writeTrain([...train, person("sub-9", "Dementia")]);
    expect(one(await refusal({ diagnoses: ["AD", "CN", "FTD"] }))).toMatchObject({
      where: "diagnoses",
      message: expect.stringMatching(/has the diagnosis FTD; there are: AD, CN, Dementia/),
      instead: {
        values: [
          ["AD", "CN", "Dementia"],
          ["AD", "CN"],
        ],
      },
    });
  });

  it("a CAPS that does not exist, and a BIDS in its place", async () => {
    expect(one(await refusal({ caps_directory: join(study.folder, "nowhere") }))?.message).toMatch(
      /does not exist/,
    );
    await mkdir(join(study.folder, "bids/sub-1"), { recursive: true });
    expect(one(await refusal({ caps_directory: join(study.folder, "bids") }))?.message).toMatch(/BIDS/);
  });

  it("a split folder, or one of its tables, that does not exist", async () => {
    expect(one(await refusal({ tsv_path: join(study.folder, "nowhere") }))).toMatchObject({
      where: "tsv_path",
    });
    await rm(table("validation_baseline"));
    expect(one(await refusal())).toMatchObject({
      file: table("validation_baseline"),
      where: "tsv_path",
      message: "The file does not exist.",
      remedy: expect.stringContaining("`gyrus tsv split`"),
    });
  });

  it("the table of all sessions, where `valid_longitudinal` asks for it", async () => {
    expect(one(await refusal({ valid_longitudinal: true }))).toMatchObject({
      file: table("validation"),
      where: "valid_longitudinal",
      remedy: expect.stringContaining("`--valid_longitudinal` of `gyrus tsv split` or `kfold`"),
    });
  });

  it("a k-fold folder for a single split, and the reverse", async () => {
    expect(one(await refusal({ n_splits: 3 }))?.message).toMatch(/"n_splits" is 3/);
    await mkdir(join(study.folder, "split/split-0"));
    expect(one(await refusal())?.message).toMatch(/holds several splits/);
  });

  it("but not a folder of more splits than are asked, which is said", async () => {
    for (const split of [0, 1, 2]) {
      writeTable(join(study.folder, "split", `split-${split}`, "train.tsv"), train);
      writeTable(join(study.folder, "split", `split-${split}`, "validation_baseline.tsv"), validation);
    }
    const { warnings } = await planData(experimentOn(study.folder, { n_splits: 2 }));
    expect(warnings).toMatchObject([
      {
        code: "split.more-in-folder",
        where: "n_splits",
        instead: { values: [3] },
        message: expect.stringMatching(/holds 3 splits, but "n_splits" is 2/),
      },
    ]);
    expect((await planData(experimentOn(study.folder, { n_splits: 3 }))).warnings).toEqual([]);
  });

  it("but not a batch that no set fills, which is said", async () => {
    const { warnings } = await planData(experimentOn(study.folder, { batch_size: 64 }));
    expect(warnings).toMatchObject([{ code: "batch-size.above-set", where: "batch_size" }]);
  });

  it("a split that does not exist", async () => {
    expect(one(await refusal({ split: [1] }))?.message).toMatch(/no split 1: "n_splits" is 0/);
  });

  it("an image that gives another number of parts than the others", async () => {
    await writeImage(imageFile(join(study.folder, "caps"), "sub-3"), (voxel) => voxel, [8, 5, 4]);
    const problem = one(
      await refusal({ preprocessing_dict: { mode: "patch", patch_size: 2, stride_size: 2 } }),
    );
    expect(problem).toMatchObject({ file: imageFile(join(study.folder, "caps"), "sub-3") });
    expect(problem?.message).toBe("sub-3 ses-M000: The image has 8x5x4 voxels, the others 6x5x4.");
  });

  it("a patch larger than the image", async () => {
    expect(one(await refusal({ preprocessing_dict: { mode: "patch", patch_size: 5 } }))).toMatchObject({
      where: "preprocessing_dict.patch_size",
      message: "A patch of 5 voxels does not fit into images of 6x5x4.",
    });
  });

  it("the reduction of a part", async () => {
    const changes = { size_reduction: true, preprocessing_dict: { mode: "patch", patch_size: 2 } } as const;
    expect(one(await refusal(changes))?.where).toBe("size_reduction");
  });

  it("no slice left", async () => {
    const changes = { preprocessing_dict: { mode: "slice", discarded_slices: 3 } } as const;
    expect(one(await refusal(changes))?.message).toMatch(/Nothing is left of 6 slices/);
  });

  it("the problems of tables and images together", async () => {
    await rm(imageFile(join(study.folder, "caps"), "sub-3"));
    writeTrain([...train, train[1]!]);
    const messages = (await refusal()).map(({ message }) => message);
    expect(messages).toHaveLength(2);
    expect(messages[0]).toMatch(/stands already/);
    expect(messages[1]).toMatch(/has no image/);
  });
});
