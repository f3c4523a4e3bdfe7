import { describe, expect, it } from "vitest";
import type { SplitChoices } from "../../../../src/data/splits/choices";
import { makeSplits, type SplitPlan } from "../../../../src/data/splits/makeSplits";
import type { Table } from "../../../../src/data/tables/table";
import { RandomGenerator } from "../../../../src/network/weights/random";
import { problemsOf } from "../../../support/problemsOf";
import { person, type Row } from "../../../support/study";

const range = (length: number) => Array.from({ length }, (_, i) => i);
const tableOf = (rows: readonly Row[]): Table => ({
  file: "/study/people.tsv",
  columns: Object.keys(rows[0] ?? {}),
  rows: rows.map((values, i) => ({ line: i + 2, values })),
});

const CHOICES: SplitChoices = {
  label: "diagnosis",
  classes: [["AD"], ["CN"]],
  test: 0.2,
  validation: { kind: "folds", folds: 5 },
  keepTogether: [],
  stratify: [],
  sessions: "all",
  seed: 0,
};

/** 100 people, 40 AD, in three sites, two a family. */
const people = range(100).map((i) =>
  person(`sub-${String(i).padStart(3, "0")}`, i % 5 < 2 ? "AD" : "CN", {
    age: String(55 + ((i * 7) % 31)),
    sex: i % 2 === 0 ? "F" : "M",
    site: `site-${"ABC"[(i * i) % 3]}`,
    family: `f${Math.floor(i / 2)}`,
  }),
);
const make = (changes: Partial<SplitChoices> = {}, rows: readonly Row[] = people) =>
  makeSplits(tableOf(rows), { ...CHOICES, ...changes });

const count = (plan: SplitPlan, members: readonly number[], name: string) =>
  members.filter((i) => plan.people[i]!.className === name).length;

describe("the sets of new splits", () => {
  it("hold everybody once: apart, or in one validation set, training in the other splits", () => {
    const plan = make();
    const validating = plan.splits.flatMap(({ validation }) => validation);
    expect([...plan.test, ...validating].sort((a, b) => a - b)).toEqual(range(100));
    for (const { train, validation } of plan.splits) {
      expect([...plan.test, ...train, ...validation].sort((a, b) => a - b)).toEqual(range(100));
    }
    expect(plan.test).toHaveLength(20);
  });

  it("have each class in its share, within one person", () => {
    const plan = make();
    expect(count(plan, plan.test, "AD")).toBe(8);
    for (const { validation } of plan.splits) {
      expect(Math.abs(count(plan, validation, "AD") - 32 / 5)).toBeLessThan(1);
      expect(Math.abs(count(plan, validation, "CN") - 48 / 5)).toBeLessThan(1);
    }
  });

  it("have each site of each class in its share, within one person, where they are alike in site", () => {
    const plan = make({ stratify: ["site"] });
    for (const name of ["AD", "CN"]) {
      for (const site of ["site-A", "site-B"]) {
        const of = (members: readonly number[]) =>
          members.filter((i) => plan.people[i]!.className === name && plan.people[i]!.first.site === site)
            .length;
        const all = plan.splits.reduce((sum, { validation }) => sum + of(validation), 0);
        for (const { validation } of plan.splits) expect(Math.abs(of(validation) - all / 5)).toBeLessThan(1);
      }
    }
  });

  it("never part people of a family, nor two sessions of a person", () => {
    const later = people.slice(0, 30).map((row) => ({ ...row, session_id: "ses-M012" }));
    const plan = make({ keepTogether: ["family"] }, [...later, ...people]);
    expect(plan.groups).toBe(50);
    for (const set of [plan.test, ...plan.splits.map(({ validation }) => validation)]) {
      const families = new Set(set.map((i) => plan.people[i]!.first.family));
      expect(set).toHaveLength(2 * families.size);
    }
    expect(plan.people[0]!.rows.map(({ session_id }) => session_id)).toEqual(["ses-M000", "ses-M012"]);
  });

  it("are the same with the same seed, and others with another", () => {
    expect(make({ seed: 3 })).toEqual(make({ seed: 3 }));
    expect(make({ seed: 4 }).test).not.toEqual(make({ seed: 3 }).test);
    // The order of the rows of a table says nothing of the people.
    expect(make({ seed: 3 }, people.toReversed()).test).toEqual(make({ seed: 3 }).test);
  });

  it("leave each site out in turn", () => {
    const plan = make({ validation: { kind: "leave-one-out", column: "site" }, test: 0 });
    expect(plan.splits.map(({ leftOut }) => leftOut)).toEqual(["site-A", "site-B"]);
    for (const { leftOut, train, validation } of plan.splits) {
      expect(validation.every((i) => plan.people[i]!.first.site === leftOut)).toBe(true);
      expect(train.some((i) => plan.people[i]!.first.site === leftOut)).toBe(false);
    }
    expect(plan.keys).toEqual({ diagnoses: ["AD", "CN"], n_splits: 2 });
  });

  it("are one split where a share validates", () => {
    const plan = make({ validation: { kind: "share", share: 0.25 } });
    expect(plan.splits.map(({ train, validation }) => [train.length, validation.length])).toEqual([[60, 20]]);
    expect(plan.keys).toEqual({ diagnoses: ["AD", "CN"] });
  });

  it("are alike in a number that is predicted, by its quarters", () => {
    const plan = make({ label: "age", classes: null, test: 0 });
    const ages = plan.people.map(({ first }) => Number(first.age));
    for (const { validation } of plan.splits) {
      const mean = validation.reduce((sum, i) => sum + ages[i]!, 0) / validation.length;
      expect(Math.abs(mean - ages.reduce((sum, age) => sum + age, 0) / 100)).toBeLessThan(3);
    }
    expect(plan.keys).toEqual({ label: "age", diagnoses: ["AD", "CN"], n_splits: 5 });
  });
});

describe("the labels of new splits", () => {
  it("leave out rows of other classes and without one, with their reasons", () => {
    const others = [person("sub-x", "MCI"), person("sub-y", ""), person("sub-z", "n/a")].map((row) => ({
      ...people[0]!,
      ...row,
    }));
    expect(
      make({}, [...people, ...others]).leftOut.map(({ reason, people: many }) => [reason, many]),
    ).toEqual([
      ["no-diagnosis", 2],
      ["other-diagnosis", 1],
    ]);
  });

  it("merge values into one class", () => {
    const rows = people.map((row, i) => (i % 10 === 0 ? { ...row, diagnosis: "MCI" } : row));
    const plan = make({ classes: [["AD", "MCI"], ["CN"]] }, rows);
    expect(plan.classNames).toEqual(["AD+MCI", "CN"]);
    expect(plan.keys.label_code).toEqual({ AD: 0, MCI: 0, CN: 1 });
    expect(plan.keys.diagnoses).toEqual(["AD", "MCI", "CN"]);
  });

  it("may be of any column: an experiment on them then says which", () => {
    expect(make({ label: "sex", classes: [["F"], ["M"]] }).keys).toEqual({
      label: "sex",
      diagnoses: ["AD", "CN"],
      n_splits: 5,
    });
  });

  it("make a diagnosis where the table has none: the class, or the same for everybody", () => {
    const rows = people.map(({ diagnosis = "", ...row }) => ({ ...row, dx: diagnosis }));
    const plan = make({ label: "dx" }, rows);
    expect(plan.keys).toEqual({ diagnoses: ["AD", "CN"], n_splits: 5 });
    expect(plan.columns.at(-1)).toBe("diagnosis");
    expect(plan.people[0]!.rows[0]!.diagnosis).toBe("AD");
    const ages = make({ label: "age", classes: null }, rows);
    expect(ages.keys).toEqual({ label: "age", diagnoses: ["all"], n_splits: 5 });
    expect(ages.people[0]!.first.diagnosis).toBe("all");
  });

  it("take the first sessions alone, by time and not by name", () => {
    const rows = people.flatMap((row) => [
      { ...row, session_id: "ses-10" },
      { ...row, session_id: "ses-2" },
    ]);
    const plan = make({ sessions: "baseline" }, rows);
    expect(plan.people.every(({ rows: own }) => own.length === 1 && own[0]!.session_id === "ses-2")).toBe(
      true,
    );
    expect(plan.leftOut).toMatchObject([{ reason: "later-session", people: 100, sessions: 100 }]);
  });
});

describe("what cannot be asked", () => {
  const few = (kept: number) => people.filter(({ diagnosis }, i) => diagnosis === "CN" || i < kept);
  const refusal = async (changes: Partial<SplitChoices>, rows: readonly Row[] = people) =>
    (await problemsOf(async () => make(changes, rows))).map(({ code }) => code);

  it("is refused with its reasons", async () => {
    expect(await refusal({}, few(6))).toEqual(["splits.class-too-small"]);
    const oneFamily = people.map((row) => (row.diagnosis === "AD" ? { ...row, family: "f" } : row));
    expect(await refusal({ keepTogether: ["family"] }, oneFamily)).toEqual(["splits.class-in-one-group"]);
    expect(await refusal({ classes: [["AD"]] })).toEqual(["splits.one-class"]);
    expect(await refusal({ classes: [["AD"], ["cn"]] })).toEqual(["splits.no-value", "column.spellings"]);
    expect(await refusal({ classes: [["AD"], ["CN", "AD"]] })).toEqual(["splits.value-twice"]);
    expect(await refusal({ label: "sex", classes: null })).toEqual(["splits.not-numbers"]);
    expect(await refusal({ test: 100 })).toEqual(["splits.test-count"]);
    expect(await refusal({ stratify: ["scanner"], keepTogether: ["household"] })).toEqual([
      "table.column-missing",
      "table.column-missing",
    ]);
    expect(await refusal({ validation: { kind: "share", share: 0 } })).toEqual(["splits.set-empty"]);
  });

  it("are sites of which one holds a whole class, or people of several sites", async () => {
    const leave = { validation: { kind: "leave-one-out", column: "site" }, test: 0 } as const;
    const confounded = people.map((row) => ({ ...row, site: row.diagnosis ?? "" }));
    expect(await refusal(leave, confounded)).toContain("splits.class-absent");
    const moved = { ...people[0]!, session_id: "ses-M012", site: "site-B" };
    expect(await refusal(leave, [...people, moved])).toEqual(["splits.leave-out-several"]);
    expect(
      await refusal(
        leave,
        people.map((row) => ({ ...row, site: "site-A" })),
      ),
    ).toContain("splits.leave-out-one");
    const unknown = people.map((row, i) => (i === 3 ? { ...row, site: "n/a" } : row));
    const plan = make(leave, unknown);
    expect(plan.warnings.map(({ code }) => code)).toEqual(["splits.leave-out-unknown"]);
    expect(plan.splits.every(({ train }) => train.includes(3))).toBe(true);
  });

  it("is never answered by sets that lack a class", () => {
    for (const seed of range(30)) {
      const random = new RandomGenerator(seed);
      const rows = range(24).map((i) =>
        person(`sub-${i}`, i < 6 ? "AD" : "CN", { family: String(random.integer(14)) }),
      );
      const plan = ((): SplitPlan | null => {
        try {
          return make({ keepTogether: ["family"], validation: { kind: "folds", folds: 3 }, seed }, rows);
        } catch {
          return null;
        }
      })();
      for (const { validation } of plan?.splits ?? [])
        for (const name of ["AD", "CN"]) expect(count(plan!, validation, name)).toBeGreaterThan(0);
    }
  });
});
