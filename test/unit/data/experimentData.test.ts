import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { planData, surveyData } from "../../../src/data/plan/experimentData";
import { plannedStudy, train, validation } from "../../support/plannedStudy";
import { problemsOf } from "../../support/problemsOf";
import { describeWithReference, reference } from "../../support/reference";
import { experimentOn, imageFile, person, type Row, writeCaps, writeTable } from "../../support/study";

const study = plannedStudy();
const { table, writeTrain, writeValidation } = study;

describe("planData", () => {
  it("plans the sets of a split in the order of their tables", async () => {
    const plan = await planData(experimentOn(study.folder));
    expect(plan).toMatchObject({
      inputSize: [1, 6, 5, 4],
      partNumbers: [0],
      labelCode: { AD: 0, CN: 1 },
      classes: ["AD", "CN"],
      warnings: [],
    });
    expect(plan.splits).toHaveLength(1);
    expect(plan.splits[0]?.train.map(({ participantId, target }) => [participantId, target])).toEqual([
      ["sub-1", 0],
      ["sub-2", 1],
      ["sub-3", 1],
    ]);
    expect(plan.splits[0]?.validation[1]).toEqual({
      participantId: "sub-5",
      sessionId: "ses-M000",
      cohort: "single",
      place: join(study.folder, "caps"),
      file: imageFile(join(study.folder, "caps"), "sub-5"),
      label: "AD",
      target: 0,
    });
  });

  it("leaves out the rows of other diagnoses", async () => {
    writeTrain([...train, person("sub-9", "MCI")]);
    expect((await planData(experimentOn(study.folder))).splits[0]?.train).toHaveLength(3);
  });

  it("reads the baseline table, or the longitudinal one, when asked", async () => {
    const later = { ...person("sub-4", "CN"), session_id: "ses-M006" };
    await writeCaps(join(study.folder, "caps"), [...train, ...validation, later]);
    writeTable(table("train_baseline"), train.slice(0, 2));
    writeTable(table("validation"), [...validation, later]);
    const plan = await planData(experimentOn(study.folder, { baseline: true, valid_longitudinal: true }));
    expect([plan.splits[0]?.train.length, plan.splits[0]?.validation.length]).toEqual([2, 3]);
  });

  it("takes a missing diagnosis or label from the nearest labels.tsv above", async () => {
    writeTrain(train.map(({ participant_id = "", session_id = "" }) => ({ participant_id, session_id })));
    writeValidation(validation.map((row) => ({ ...row, sex: "F" })));
    const labels = [...train, ...validation].map((row, i) => ({ ...row, sex: i % 2 ? "M" : "F" }));
    writeTable(join(study.folder, "labels.tsv"), labels);
    const plan = await planData(experimentOn(study.folder, {}, "sex"));
    expect(plan.labelCode).toEqual({ F: 0, M: 1 });
    expect(plan.splits[0]?.train.map(({ label }) => label)).toEqual(["F", "M", "F"]);
  });

  it("passes over a labels.tsv that is a table of cohorts", async () => {
    writeTrain(train.map(({ participant_id = "", session_id = "" }) => ({ participant_id, session_id })));
    writeTable(join(study.folder, "split", "labels.tsv"), [
      { cohort: "ADNI", path: "split", diagnoses: "AD,CN" },
    ]);
    writeTable(join(study.folder, "labels.tsv"), train);
    expect((await planData(experimentOn(study.folder))).labelCode).toEqual({ AD: 0, CN: 1 });
  });

  it("says that ids of a table and its labels.tsv are spelt in two ways, once a table", async () => {
    const bare = (rows: readonly Row[]) => rows.map(({ diagnosis: _, ...row }) => row);
    writeTrain(bare(train));
    writeValidation(validation);
    const zeros = [...train, ...validation].map((row) => ({
      ...row,
      participant_id: (row.participant_id ?? "").replace("sub-", "sub-00"),
    }));
    writeTable(join(study.folder, "labels.tsv"), zeros);
    const problems = await problemsOf(() => planData(experimentOn(study.folder)));
    const told = problems.filter(({ code }) => code === "ids.otherwise-in-labels");
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toMatch(
      /^The ids of 3 of 3 sessions are spelt otherwise in .*labels\.tsv: sub-1 ses-M000 here, sub-001 ses-M000 there\. They differ in leading zeros/,
    );
  });

  it("says which rows the labels.tsv does not know", async () => {
    writeTrain(train.map(({ participant_id = "", session_id = "" }) => ({ participant_id, session_id })));
    writeTable(join(study.folder, "labels.tsv"), [...train.slice(0, 2), ...validation]);
    const { splits, warnings } = await planData(experimentOn(study.folder));
    expect(splits[0]?.train).toHaveLength(2);
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^1 of 3 rows is left out: .*tells its diagnosis.*\(sub-3 ses-M000\)/),
    ]);
  });

  it("follows a label code, which may put several values into one class", async () => {
    const rows = [person("sub-1", "AD"), person("sub-2", "pMCI"), person("sub-3", "CN")];
    writeTrain(rows);
    const plan = await planData(
      experimentOn(study.folder, { label_code: { AD: 1, pMCI: 1, CN: 0 }, diagnoses: ["AD", "CN", "pMCI"] }),
    );
    expect(plan.classes).toEqual(["CN", "AD+pMCI"]);
    expect(plan.splits[0]?.train.map(({ target }) => target)).toEqual([1, 1, 0]);
  });

  it("gives the values of a regression", async () => {
    const aged = (rows: readonly Row[]) => rows.map((row, i) => ({ ...row, age: `${60.5 + i}` }));
    writeTrain(aged(train));
    writeValidation(aged(validation));
    const plan = await planData(experimentOn(study.folder, { network_task: "regression" }, "age"));
    expect(plan.splits[0]?.train.map(({ target }) => target)).toEqual([60.5, 61.5, 62.5]);
    expect(plan.labelCode).toBeNull();
  });

  it("needs no label for a reconstruction", async () => {
    const plan = await planData(experimentOn(study.folder, { network_task: "reconstruction" }, null));
    expect(plan.splits[0]?.train.map(({ target, label }) => [target, label])).toEqual(
      Array(3).fill([Number.NaN, ""]),
    );
  });

  it("plans every split of a k-fold, or those that are asked, with the same codes", async () => {
    for (const [split, [first, second]] of [
      [0, [train, validation]],
      [1, [validation, train]],
    ] as const) {
      writeTable(join(study.folder, `split/split-${split}/train.tsv`), first);
      writeTable(join(study.folder, `split/split-${split}/validation_baseline.tsv`), second);
    }
    const all = await planData(experimentOn(study.folder, { n_splits: 2 }));
    expect(all.splits.map(({ split, train }) => [split, train.length])).toEqual([
      [0, 3],
      [1, 2],
    ]);
    const one = await planData(experimentOn(study.folder, { n_splits: 2, split: [1] }));
    expect(one.splits.map(({ split }) => split)).toEqual([1]);
  });

  it.each([
    ["patch", { mode: "patch", patch_size: 3, stride_size: 1 }, [1, 3, 3, 3], 4 * 3 * 2],
    [
      "slice",
      { mode: "slice", slice_direction: 1, slice_mode: "rgb", discarded_slices: [1, 2] },
      [3, 6, 4],
      2,
    ],
  ] as const)("counts the parts in mode %s", async (_, preprocessing, inputSize, parts) => {
    const discarded = "discarded_slices" in preprocessing ? [...preprocessing.discarded_slices] : undefined;
    const plan = await planData(
      experimentOn(study.folder, {
        preprocessing_dict: { ...preprocessing, discarded_slices: discarded },
      }),
    );
    expect(plan.inputSize).toEqual(inputSize);
    expect(plan.partNumbers).toHaveLength(parts);
  });
});

describe("surveyData", () => {
  it("plans what it finds beside all that is wrong", async () => {
    await rm(imageFile(join(study.folder, "caps"), "sub-3"));
    const { plan, problems } = await surveyData(experimentOn(study.folder));
    expect(problems.map(({ severity }) => severity)).toEqual(["error"]);
    expect(plan?.inputSize).toEqual([1, 6, 5, 4]);
    expect(plan?.splits[0]?.train.map(({ participantId }) => participantId)).toEqual(["sub-1", "sub-2"]);
    expect(plan?.splits[0]?.validation).toHaveLength(2);
  });

  it("says that there is nothing to look at", async () => {
    await rm(join(study.folder, "caps"), { recursive: true });
    const { plan, problems } = await surveyData(experimentOn(study.folder));
    expect(plan).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
  });
});

describeWithReference("an experiment of ClinicaDL", ["reference/caps", "reference/tsv"], () => {
  it("has the sets that ClinicaDL trained on", async () => {
    const plan = await planData(
      experimentOn(reference("reference"), {
        tsv_path: reference("reference/tsv/split/2_fold"),
        n_splits: 2,
      }),
    );
    expect(plan.inputSize).toEqual([1, 49, 57, 45]);
    expect(plan.splits.map(({ train, validation }) => [train.length, validation.length])).toEqual([
      [11, 9],
      [11, 9],
    ]);
    expect(plan.labelCode).toEqual({ AD: 0, CN: 1 });
  });
});
