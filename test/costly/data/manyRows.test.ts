import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { collect } from "../../../src/data/batches/collect";
import { readSplit } from "../../../src/data/plan/splits";
import { problem } from "../../../src/experiment/problems/makeProblem";
import { InputError, type Problem } from "../../../src/experiment/problems/problem";
import { temporaryFolder } from "../../support/folder";
import { person, writeTable } from "../../support/study";

/** More than a function takes arguments. */
const MANY = 150_000;

describe("tables of more rows than a function takes arguments", () => {
  it("may leave nearly all of them out", async () => {
    const folder = temporaryFolder();
    const rows = Array.from({ length: MANY + 2 }, (_, i) => person(`sub-${i}`, i < 2 ? "AD" : "MCI"));
    writeTable(join(folder, "train.tsv"), rows);
    writeTable(join(folder, "validation_baseline.tsv"), rows.slice(0, 2));
    const cohort = { name: "single", place: "caps", tsvFolder: folder, diagnoses: ["AD"] };
    const request = {
      n_splits: 1,
      split: [],
      baseline: false,
      valid_longitudinal: false,
      inner_validation: 0,
      seed: 0,
      label: "diagnosis",
    };
    const problems: Problem[] = [];
    const { train, leftOut } = await readSplit([cohort], 0, request, problems);
    expect(train).toHaveLength(2);
    expect(leftOut.train).toHaveLength(MANY);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("may have a problem for each", async () => {
    const problems: Problem[] = [];
    const one = problem("image.not-read", {}, { reason: "it is broken" });
    await collect(problems, async () => {
      throw new InputError(new Array<Problem>(MANY).fill(one));
    });
    expect(problems).toHaveLength(MANY);
  });
});
