import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { planGroup } from "../../../src/data/plan/groupPlan";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, person, type Row, writeCaps, writeTable } from "../../support/study";

const folder = temporaryFolder();
const caps = join(folder, "caps");
const people = [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "MCI")];
const experiment = experimentOn(folder, { label_code: { AD: 0, CN: 1 } });
const group = (rows: readonly Row[], label?: string | null) =>
  planGroup({ experiment, caps, tsv: writeTable(join(folder, "group.tsv"), rows), label });

beforeAll(() => writeCaps(caps, people));

describe("planGroup", () => {
  it("takes the rows whose diagnosis the networks know, with their classes, and says what it left out", async () => {
    const plan = await group(people);
    expect(plan.images.map(({ participantId, target }) => [participantId, target])).toEqual([
      ["sub-1", 0],
      ["sub-2", 1],
    ]);
    expect(plan).toMatchObject({ inputSize: [1, 6, 5, 4], label: "diagnosis", multiCohort: false });
    expect(plan.warnings.map(({ message }) => message)).toEqual([
      expect.stringMatching(/1 of 3 rows is left out/),
    ]);
  });

  it("takes every row of a table without diagnosis, without labels", async () => {
    const plan = await group(people.map(({ diagnosis: _, ...row }) => row));
    expect(plan.label).toBeNull();
    expect(plan.images.map(({ label, target }) => [label, target])).toEqual(Array(3).fill(["", Number.NaN]));
  });

  it("takes the rows of the diagnoses that are asked for, and all of a group that was kept", async () => {
    const tsv = writeTable(join(folder, "group.tsv"), people);
    const names = async (request: object) =>
      (await planGroup({ experiment, caps, tsv, label: null, ...request })).images.map(
        ({ participantId }) => participantId,
      );
    expect(await names({ diagnoses: ["MCI"] })).toEqual(["sub-3"]);
    expect(await names({ kept: true })).toEqual(["sub-1", "sub-2", "sub-3"]);
  });

  describe("below a labels.tsv of other people", () => {
    const keys = people.map(({ diagnosis: _, ...row }) => row);
    const study = join(folder, "study");
    const below = async (known: readonly Row[], label?: null) => {
      writeTable(join(study, "labels.tsv"), known);
      const tsv = writeTable(join(study, "test", "group.tsv"), keys);
      const { images, label: column, warnings } = await planGroup({ experiment, caps, tsv, label });
      return {
        people: images.map(({ participantId }) => participantId),
        column,
        warnings: warnings.map(({ message }) => message),
      };
    };
    const everyone = ["sub-1", "sub-2", "sub-3"];

    it("takes every row when no labels are wanted", async () => {
      expect(await below(people.slice(0, 1), null)).toEqual({ people: everyone, column: null, warnings: [] });
    });

    it("takes every row, without labels, when it knows none of them", async () => {
      expect(await below([person("sub-8", "AD")])).toEqual({ people: everyone, column: null, warnings: [] });
    });

    it("says whom it does not know, and leaves them out", async () => {
      expect(await below(people.slice(0, 2))).toEqual({
        people: ["sub-1", "sub-2"],
        column: "diagnosis",
        warnings: [expect.stringMatching(/^1 of 3 rows is left out: .*labels.tsv.*\(sub-3 ses-M000\)/)],
      });
    });
  });

  it("wants the label column that is asked for", async () => {
    expect(await problemsOf(() => group(people, "age"))).toMatchObject([
      { message: expect.stringMatching(/"age" is missing/) },
    ]);
  });

  it("refuses a group without a row that the networks know, repeated sessions, and missing images", async () => {
    const messages = async (rows: readonly Row[]) =>
      (await problemsOf(() => group(rows))).map(({ message }) => message);
    expect(await messages(people.slice(2))).toEqual([
      expect.stringMatching(/^No row has one of the diagnoses/),
    ]);
    expect(await messages([people[0]!, people[0]!])).toEqual([
      expect.stringMatching(/stands already in row 2/),
    ]);
    expect(await messages([people[0]!, person("sub-9", "CN")])).toEqual([
      expect.stringMatching(/^1 of 2 sessions of the tables has no folder in .* \(sub-9 ses-M000\)\.$/),
    ]);
  });
});
