import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { planData } from "../../../src/data/plan/experimentData";
import { planGroup } from "../../../src/data/plan/groupPlan";
import { leftOutPhrase } from "../../../src/experiment/flowWords";
import { phraseText } from "../../../src/experiment/problems/phrases";
import { classWords } from "../../../src/statistics/dataFlow";
import { describeSets } from "../../../src/training/run/describeSets";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, person, type Row, writeCaps, writeTable } from "../../support/study";

const root = temporaryFolder();
let folder = root;
let study = 0;

beforeEach(() => {
  folder = join(root, `study-${study++}`);
});

async function writeStudy(train: readonly Row[], validation: readonly Row[]): Promise<void> {
  await writeCaps(join(folder, "caps"), [...train, ...validation]);
  writeTable(join(folder, "split", "train.tsv"), train);
  writeTable(join(folder, "split", "validation_baseline.tsv"), validation);
}

describe("who is in the sets", () => {
  it("counts people and sessions of each class, and who was left out and why", async () => {
    const later = { ...person("sub-1", "AD"), session_id: "ses-M012" };
    await writeStudy(
      [
        person("sub-1", "AD"),
        later,
        person("sub-2", "CN"),
        person("sub-3", "MCI"),
        person("sub-4", "n/a"),
        person("sub-5", ""),
      ],
      [person("sub-6", "AD"), person("sub-7", "CN")],
    );
    const [split] = (await planData(experimentOn(folder))).splits;
    expect(split?.flow).toEqual({
      train: {
        rows: { people: 5, sessions: 6 },
        used: { people: 2, sessions: 3 },
        classes: [
          { name: "AD", people: 1, sessions: 2 },
          { name: "CN", people: 1, sessions: 1 },
        ],
        leftOut: [
          {
            reason: "no-diagnosis",
            people: 2,
            sessions: 2,
            examples: ["sub-4 ses-M000", "sub-5 ses-M000"],
          },
          { reason: "other-diagnosis", people: 1, sessions: 1, examples: ["sub-3 ses-M000"] },
        ],
      },
      validation: {
        rows: { people: 2, sessions: 2 },
        used: { people: 2, sessions: 2 },
        classes: [
          { name: "AD", people: 1, sessions: 1 },
          { name: "CN", people: 1, sessions: 1 },
        ],
        leftOut: [],
      },
    });
  });

  it("tells of rows that the labels.tsv above the table does not hold", async () => {
    const known = [
      person("sub-1", "AD"),
      person("sub-2", "CN"),
      person("sub-3", "AD"),
      person("sub-4", "CN"),
    ];
    const bare = (rows: readonly Row[]) => rows.map(({ diagnosis: _, ...row }) => row);
    await writeStudy(bare([...known.slice(0, 2), person("sub-9", "")]), bare(known.slice(2)));
    writeTable(join(folder, "labels.tsv"), known);
    const { splits } = await planData(experimentOn(folder));
    expect(splits[0]?.flow.train).toMatchObject({
      rows: { sessions: 3 },
      used: { sessions: 2 },
      leftOut: [{ reason: "not-in-labels", people: 1, sessions: 1, examples: ["sub-9 ses-M000"] }],
    });
  });

  it("is told in a line for each set, with a line for each reason", async () => {
    await writeStudy(
      [person("sub-1", "AD"), person("sub-2", "CN"), ...[3, 4, 5, 6].map((i) => person(`sub-${i}`, "MCI"))],
      [person("sub-7", "AD"), person("sub-8", "CN")],
    );
    expect(describeSets(await planData(experimentOn(folder))).map(phraseText)).toEqual([
      "Split 0, training: 2 sessions of 2 people (AD 1, CN 1).",
      "  left out, a diagnosis that is not asked: 4 sessions of 4 people (sub-3 ses-M000, sub-4 ses-M000, sub-5 ses-M000, ...)",
      "Split 0, validation: 2 sessions of 2 people (AD 1, CN 1).",
    ]);
  });

  it("names a class with its sessions, and its people where they are fewer", () => {
    expect(classWords({ name: "AD", people: 3, sessions: 3 })).toBe("AD 3");
    expect(classWords({ name: "AD", people: 3, sessions: 7 })).toBe("AD 7 (3)");
    const left = { reason: "no-image", people: 1, sessions: 1, examples: ["sub-1 ses-M000"] } as const;
    expect(phraseText(leftOutPhrase(left))).toBe("no image: 1 session of 1 person (sub-1 ses-M000)");
  });
});

describe("a class that the validation sets of some splits lack", () => {
  it("is told once, with those splits", async () => {
    const sick = [person("sub-1", "AD"), person("sub-2", "AD"), person("sub-3", "AD")];
    const healthy = [4, 5, 6].map((i) => person(`sub-${i}`, "CN"));
    await writeCaps(join(folder, "caps"), [...sick, ...healthy]);
    for (const split of [0, 1, 2]) {
      const validation = split === 1 ? [sick[1]!, healthy[1]!] : [healthy[split]!];
      const train = [...sick, ...healthy].filter((row) => !validation.includes(row));
      writeTable(join(folder, "split", `split-${split}`, "train.tsv"), train);
      writeTable(join(folder, "split", `split-${split}`, "validation_baseline.tsv"), validation);
    }
    const { warnings } = await planData(experimentOn(folder, { n_splits: 3 }));
    expect(warnings).toMatchObject([
      {
        code: "class.not-validated",
        message: "The class AD has no row in the validation set of split 0, 2.",
      },
    ]);
  });
});

describe("values that differ by case or spaces only", () => {
  const mixed = ["AD", "CN", "ad", "cn"];

  it("are refused in the column of the diagnosis, with their counts and rows", async () => {
    await writeStudy(
      [...mixed, ...mixed].map((diagnosis, i) => person(`sub-${i}`, diagnosis)),
      mixed.map((diagnosis, i) => person(`sub-1${i}`, diagnosis)),
    );
    const problems = await problemsOf(() => planData(experimentOn(folder)));
    expect(problems).toMatchObject([
      {
        severity: "error",
        code: "column.spellings",
        key: "diagnoses",
        file: join(folder, "split", "train.tsv"),
        message:
          'Values of the column "diagnosis" differ by case or spaces only: "AD" × 3 (train.tsv:2, train.tsv:6, validation_baseline.tsv:2), ' +
          '"ad" × 3 (train.tsv:4, train.tsv:8, validation_baseline.tsv:4), "CN" × 3 (train.tsv:3, train.tsv:7, validation_baseline.tsv:3), ' +
          '"cn" × 3 (train.tsv:5, train.tsv:9, validation_baseline.tsv:5).',
      },
    ]);
  });

  it("are refused where no row is spelt as it is asked", async () => {
    await writeStudy(
      [person("sub-1", "ad"), person("sub-2", "cn")],
      [person("sub-3", "ad"), person("sub-4", "cn")],
    );
    expect(await problemsOf(() => planData(experimentOn(folder)))).toMatchObject([
      { code: "column.spellings", key: "diagnoses" },
    ]);
  });

  it("are let be among diagnoses that nobody asks for, and where all are asked", async () => {
    await writeStudy(
      [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "MCI"), person("sub-4", "mci")],
      [person("sub-5", "AD"), person("sub-6", "cn")],
    );
    const label_code = { AD: 0, CN: 1, cn: 1 };
    const plan = await planData(experimentOn(folder, { diagnoses: ["AD", "CN", "cn"], label_code }));
    expect(plan.splits[0]?.flow.validation.classes).toEqual([
      { name: "AD", people: 1, sessions: 1 },
      { name: "CN+cn", people: 1, sessions: 1 },
    ]);
  });

  it("are refused in the column of the label, where they would be classes of their own", async () => {
    const sexes = ["M", "m", "F", "f", "male", "Female"];
    const rows = [...sexes, ...sexes].map((sex, i) => person(`sub-${i}`, i % 2 ? "AD" : "CN", { sex }));
    await writeStudy(rows.slice(0, 6), rows.slice(6));
    const problems = await problemsOf(() => planData(experimentOn(folder, { label: "sex" }, "sex")));
    expect(problems).toMatchObject([{ severity: "error", code: "column.sex-spellings", key: "label" }]);
    expect(problems[0]?.message).toMatch(
      /"M" × 2 .*"m" × 2 .*"male" × 2 .*"F" × 2 .*"f" × 2 .*"Female" × 2 /,
    );
  });

  it("are refused where they are several words for one sex, unless each word has its class", async () => {
    const sexes = ["M", "F", "male", "Female"];
    const rows = [...sexes, ...sexes].map((sex, i) => person(`sub-${i}`, "CN", { sex }));
    await writeStudy(rows.slice(0, 4), rows.slice(4));
    const experiment = (given: object) =>
      experimentOn(folder, { diagnoses: ["CN"], label: "sex", ...given }, "sex");
    const problems = await problemsOf(() => planData(experiment({})));
    expect(problems).toMatchObject([{ severity: "error", code: "column.sex-spellings", key: "label" }]);
    expect(problems[0]?.message).toMatch(/"M" × 2 .*"male" × 2 .*"F" × 2 .*"Female" × 2 /);
    const label_code = { M: 0, male: 0, F: 1, Female: 1 };
    expect((await planData(experiment({ label_code }))).classes).toHaveLength(2);
  });

  it("are classes of their own where not all of the column are words of sex", async () => {
    const rows = ["M", "male", "left", "M", "male", "left"].map((site, i) =>
      person(`sub-${i}`, "CN", { site }),
    );
    await writeStudy(rows.slice(0, 3), rows.slice(3));
    const given = { diagnoses: ["CN"], label: "site" };
    expect((await planData(experimentOn(folder, given, "site"))).classes).toHaveLength(3);
  });

  it("are refused in a group to predict", async () => {
    await writeStudy([person("sub-1", "AD"), person("sub-2", "ad")], [person("sub-3", "CN")]);
    const request = {
      experiment: experimentOn(folder, { label_code: { AD: 0, CN: 1 } }),
      caps: join(folder, "caps"),
      tsv: join(folder, "split", "train.tsv"),
    };
    expect(await problemsOf(() => planGroup(request))).toMatchObject([
      { severity: "error", code: "column.spellings" },
    ]);
  });
});
