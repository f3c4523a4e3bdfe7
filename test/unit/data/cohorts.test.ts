import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { auditedPlan } from "../../../src/audit/auditPlan";
import { planData } from "../../../src/data/plan/experimentData";
import { cohortsOfRows, readCohorts } from "../../../src/data/sources/cohorts";
import { readTable } from "../../../src/data/tables/table";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, person, type Row, writeCaps, writeTable } from "../../support/study";

const root = temporaryFolder();
let folder = root;
let study = 0;

const capsRows = [
  { cohort: "ADNI", path: "adni/caps" },
  { cohort: "AIBL", path: "aibl/caps" },
];
const labelRows = [
  { cohort: "ADNI", path: "adni/split", diagnoses: "AD, CN" },
  { cohort: "AIBL", path: "aibl/split", diagnoses: "CN,MCI" },
];
const writeBoth = (caps: readonly Row[] = capsRows, labels: readonly Row[] = labelRows) => {
  writeTable(join(folder, "caps.tsv"), caps);
  writeTable(join(folder, "labels.tsv"), labels);
};
const experiment = (changes = {}) =>
  experimentOn(folder, {
    multi_cohort: true,
    caps_directory: join(folder, "caps.tsv"),
    tsv_path: join(folder, "labels.tsv"),
    ...changes,
  });
const messages = async (changes = {}) =>
  (await problemsOf(() => readCohorts(experiment(changes)))).map(({ message }) => message);

beforeEach(() => {
  folder = join(root, `study-${study++}`);
  writeBoth();
});

describe("readCohorts", () => {
  it("gives each cohort its CAPS, its split folder and those of the asked diagnoses that it offers", async () => {
    expect(await readCohorts(experiment())).toEqual([
      {
        name: "ADNI",
        place: join(folder, "adni/caps"),
        tsvFolder: join(folder, "adni/split"),
        diagnoses: ["AD", "CN"],
      },
      {
        name: "AIBL",
        place: join(folder, "aibl/caps"),
        tsvFolder: join(folder, "aibl/split"),
        diagnoses: ["CN"],
      },
    ]);
  });

  it("takes images that stand in no CAPS from a JSON file that describes them", async () => {
    writeBoth([capsRows[0]!, { cohort: "AIBL", path: "aibl/images.json" }]);
    mkdirSync(join(folder, "aibl"));
    writeFileSync(join(folder, "aibl", "images.json"), JSON.stringify({ bids: "raw", space: "MNI" }));
    const [, aibl] = await readCohorts(experiment());
    const bids = join(folder, "aibl", "raw");
    expect(aibl).toMatchObject({ name: "AIBL", place: bids, images: { bids, suffix: "T1w", space: "MNI" } });
    writeFileSync(join(folder, "aibl", "images.json"), JSON.stringify({ bids: "raw", sufix: "T1w" }));
    expect(await messages()).toEqual(['"sufix" is not known here.']);
  });

  it("leaves out a cohort without the asked diagnoses", async () => {
    const cohorts = await readCohorts(experiment({ diagnoses: ["AD"] }));
    expect(cohorts.map(({ name }) => name)).toEqual(["ADNI"]);
  });

  it("calls a single cohort single", async () => {
    expect(await readCohorts(experimentOn(folder))).toEqual([
      {
        name: "single",
        place: join(folder, "caps"),
        tsvFolder: join(folder, "split"),
        diagnoses: ["AD", "CN"],
      },
    ]);
  });

  it("refuses a cohort that is named in one table only", async () => {
    writeBoth([...capsRows, { cohort: "OASIS", path: "x" }], labelRows.slice(0, 1));
    expect(await messages()).toEqual([
      expect.stringMatching(/"AIBL" is not in .*labels.tsv/),
      expect.stringMatching(/"OASIS" is not in .*labels.tsv/),
    ]);
  });

  it("lets the table of the CAPS hold more cohorts than a prediction names", async () => {
    writeBoth([...capsRows, { cohort: "OASIS", path: "x" }], labelRows.slice(0, 1));
    const names = (await readCohorts(experiment(), true)).map(({ name }) => name);
    expect(names).toEqual(labelRows.slice(0, 1).map(({ cohort }) => cohort));
  });

  it("refuses tables without their columns", async () => {
    writeBoth(
      capsRows.map(({ cohort }) => ({ cohort })),
      labelRows.map(({ diagnoses: _, ...row }) => row),
    );
    expect(await messages()).toEqual([
      expect.stringMatching(/"path" is missing/),
      expect.stringMatching(/"diagnoses" is missing/),
    ]);
  });

  it("refuses a cohort that stands twice, and one without a name", async () => {
    writeBoth([...capsRows, capsRows[0]!, { cohort: "", path: "x" }]);
    expect(await messages()).toEqual([
      expect.stringMatching(/"ADNI" stands already in row 2/),
      "The row names no cohort.",
    ]);
  });

  it("refuses diagnoses that no cohort offers", async () => {
    expect(await messages({ diagnoses: ["AD", "FTD"] })).toEqual([
      "No cohort offers FTD; the cohorts offer AD, CN, MCI.",
    ]);
  });

  it("refuses a folder where a table is asked, and the reverse", async () => {
    expect(await messages({ caps_directory: folder })).toEqual([expect.stringMatching(/must be a TSV/)]);
    expect(await messages({ multi_cohort: false })).toEqual(
      Array(2).fill(expect.stringMatching(/a table, but one cohort/)),
    );
  });
});

describe("cohorts that the rows of a table name", () => {
  it("are refused with what is wrong with each of their descriptions, not with the first alone", async () => {
    writeBoth(["A", "B"].map((cohort) => ({ cohort, path: `${cohort}.json` })));
    for (const [cohort, key] of [
      ["A", "sufix"],
      ["B", "spase"],
    ] as const)
      writeFileSync(join(folder, `${cohort}.json`), JSON.stringify({ bids: "raw", [key]: "T1w" }));
    writeTable(join(folder, "group.tsv"), [
      { ...person("sub-1", "AD"), cohort: "A" },
      { ...person("sub-2", "AD"), cohort: "B" },
    ]);
    const table = await readTable(join(folder, "group.tsv"));
    const problems = await problemsOf(() => cohortsOfRows(join(folder, "caps.tsv"), table, ["AD"]));
    expect(problems.map(({ message }) => message).sort()).toEqual([
      '"spase" is not known here.',
      '"sufix" is not known here.',
    ]);
  });
});

describe("planData with several cohorts", () => {
  const people = {
    adni: { train: [person("sub-1", "AD"), person("sub-2", "CN")], validation: [person("sub-3", "AD")] },
    aibl: { train: [person("sub-1", "CN"), person("sub-4", "MCI")], validation: [person("sub-2", "CN")] },
  };

  it("joins their tables; the same name in two cohorts is two people", async () => {
    for (const [name, { train, validation }] of Object.entries(people)) {
      await writeCaps(join(folder, name, "caps"), [...train, ...validation]);
      writeTable(join(folder, name, "split/train.tsv"), train);
      writeTable(join(folder, name, "split/validation_baseline.tsv"), validation);
    }
    const plan = await planData(experiment());
    expect(
      plan.splits[0]?.train.map(({ cohort, participantId, label }) => [cohort, participantId, label]),
    ).toEqual([
      ["ADNI", "sub-1", "AD"],
      ["ADNI", "sub-2", "CN"],
      ["AIBL", "sub-1", "CN"],
    ]);
    expect(plan.splits[0]?.train[2]?.file).toContain(join(folder, "aibl/caps"));
  });

  it("refuses a person who trains in one cohort and validates in another of the same CAPS", async () => {
    const { adni, aibl } = people;
    await writeCaps(join(folder, "adni/caps"), [...adni.train, ...adni.validation, ...aibl.train]);
    writeTable(join(folder, "adni/split/train.tsv"), adni.train);
    writeTable(join(folder, "adni/split/validation_baseline.tsv"), adni.validation);
    writeTable(join(folder, "aibl/split/train.tsv"), [person("sub-4", "CN")]);
    writeTable(join(folder, "aibl/split/validation_baseline.tsv"), [person("sub-2", "CN")]);
    writeBoth([capsRows[0]!, { cohort: "AIBL", path: "adni/caps/" }]);
    expect(await problemsOf(() => auditedPlan(experiment()))).toEqual([
      expect.objectContaining({ message: expect.stringMatching(/^1 participant .* split 0 .*\(sub-2\)/) }),
    ]);
  });
});
