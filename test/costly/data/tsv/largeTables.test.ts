/** What a table of twice the sessions costs: counted, so that a slow machine proves nothing. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readRows } from "../../../../src/data/plan/rows";
import { readSplit } from "../../../../src/data/plan/splits";
import { completeDiagnoses } from "../../../../src/data/tsv/diagnoses";
import { GET_LABELS_DEFAULTS, getLabels } from "../../../../src/data/tsv/getLabels";
import { type Row, rowsByPerson, standingOnce } from "../../../../src/data/tsv/sessionKeys";
import { stratifiedFolds } from "../../../../src/data/tsv/stratifiedFolds";
import { temporaryFolder } from "../../../support/folder";

/** Three visits a person, the second without diagnosis; `looks` counts how often a participant's name is looked at. */
function countedRows(people: number): { readonly rows: readonly Row[]; readonly looks: () => number } {
  let looks = 0;
  const rows = Array.from({ length: people }, (_, person) =>
    ["000", "006", "012"].map((month) => ({
      get participant_id() {
        looks++;
        return `sub-${person}`;
      },
      session_id: `ses-M${month}`,
      diagnosis: month === "006" ? "" : "AD",
    })),
  ).flat();
  return { rows, looks: () => looks };
}

describe("what is done for each session", () => {
  it.each<[string, (rows: readonly Row[]) => unknown]>([
    ["completing diagnoses", (rows) => completeDiagnoses(rows, "diagnosis")],
    ["gathering by person", rowsByPerson],
  ])("of %s does not grow with their number", (_, work) => {
    const looksOf = (people: number) => {
      const { rows, looks } = countedRows(people);
      work(rows);
      return looks();
    };
    expect(looksOf(400)).toBeLessThanOrEqual(2 * looksOf(200));
  });

  it("completes the diagnoses of each by their own visits", () => {
    const { rows } = countedRows(3);
    const others = rows.map((row) => (row.participant_id === "sub-1" ? { ...row, diagnosis: "" } : row));
    expect(completeDiagnoses(others, "diagnosis").map((row) => row.participant_id)).toEqual([
      ...["sub-0", "sub-0", "sub-0"],
      ...["sub-2", "sub-2", "sub-2"],
    ]);
  });

  it("takes of a restriction what stands there once, as ClinicaDL does", () => {
    expect([...standingOnce(["a", "b", "a", "c", "a"])]).toEqual(["b", "c"]);
  });
});

describe("a large table", () => {
  const line = (person: number, month = "000") => `sub-${person}\tses-M${month}\tAD\t70\tF`;
  const HEADER = "participant_id\tsession_id\tdiagnosis\tage\tsex";

  it("of 20,000 sessions is restricted to as many, and those left out are counted", async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 20_000 }, (_, person) => line(person));
    const [source, restrictionTsv] = ["sessions", "kept"].map((name) => join(folder, `${name}.tsv`));
    writeFileSync(source!, [HEADER, ...rows].join("\n"));
    writeFileSync(restrictionTsv!, [HEADER, ...rows.slice(0, 15_000)].join("\n"));
    const outcome = await getLabels({
      ...GET_LABELS_DEFAULTS,
      source: source!,
      outputFolder: join(folder, "out"),
      restrictionTsv,
    });
    expect(outcome.sessions).toBe(15_000);
    expect(outcome.leftOut).toMatchObject([{ reason: "outside-restriction", sessions: 5_000 }]);
  });

  it("of 130,000 faulty rows is told, though a call takes fewer arguments", async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: 130_000 }, () => line(1));
    writeFileSync(join(folder, "train.tsv"), [HEADER, ...rows].join("\n"));
    const request = { cohort: "single", place: folder, diagnoses: ["AD"], label: "diagnosis" };
    const { problems } = await readRows(join(folder, "train.tsv"), request);
    expect(problems).toHaveLength(129_999);
    const found: (typeof problems)[number][] = [];
    const asked = {
      split: [],
      n_splits: 0,
      baseline: false,
      valid_longitudinal: false,
      inner_validation: 0,
      seed: 0,
      label: "diagnosis",
    };
    const cohort = { name: "single", place: folder, tsvFolder: folder, diagnoses: ["AD"] };
    const { train } = await readSplit([cohort], 0, asked, found);
    expect({ rows: train.length, problems: found.length }).toEqual({ rows: 130_000, problems: 130_000 });
  });

  it("of as many classes as people is dealt out as scikit-learn does: each class where it stands among all", () => {
    const folds = stratifiedFolds(
      Array.from({ length: 20_000 }, (_, i) => `class ${i}`),
      5,
    );
    expect(folds.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 0]);
  });
});
