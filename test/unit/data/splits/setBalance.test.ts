import { describe, expect, it } from "vitest";
import { balanceOfSets, usualColumns } from "../../../../src/data/splits/setBalance";

/** One test person in two of ten is older; ages and sexes as a table has them. */
const ages = [60, 62, 64, 66, 68, 70, 72, 74, 76, 78];
const people = ages.map((age, i) => {
  const first = {
    age: String(age),
    sex: i < 4 ? "M" : i === 4 ? "male" : i === 9 ? "n/a" : "F",
    site: i % 2 ? "2" : "1",
  };
  return { id: `sub-${i}`, rows: [first], first, className: "" };
});
const plan = {
  people,
  test: [0, 5, 9],
  splits: [{ leftOut: null, train: [1, 2, 3, 4], validation: [6, 7, 8] }],
};

describe("the balance of sets", () => {
  const { sets, columns } = balanceOfSets(plan, ["age", "sex", "site"]);

  it("compares the test with everybody else, and a validation set with its training set", () => {
    expect(sets).toEqual([
      { split: null, leftOut: null, people: 3, others: 7 },
      { split: 0, leftOut: null, people: 3, others: 4 },
    ]);
  });

  it("has means, Cohen's d and the p of Welch's test, as SciPy computes them", () => {
    const [age] = columns;
    // scipy.stats.ttest_ind([72, 74, 76], [62, 64, 66, 68], equal_var=False); d with the pooled deviation.
    expect(age).toMatchObject({
      kind: "number",
      unknown: 0,
      all: { mean: 69 },
      sets: [{}, { mean: 74, deviation: 2 }],
    });
    const difference = age!.sets[1]!.difference;
    expect(difference.test).toBe("welch");
    expect(difference.p).toBeCloseTo(0.003562063385422, 12);
    expect(difference.effect).toBeCloseTo(3.8031941462783245, 12);
  });

  it("has counts, Cramér's V and Fisher's exact p of few, words of sex being one", () => {
    const [, sex] = columns;
    expect(sex).toMatchObject({ kind: "value", values: ["F", "M"], unknown: 1, all: { counts: [4, 5] } });
    // scipy.stats.fisher_exact([[3, 0], [0, 4]])
    expect(sex!.sets[1]!.difference).toMatchObject({ test: "fisher", effect: 1 });
    expect(sex!.sets[1]!.difference.p).toBeCloseTo(1 / 35, 12);
  });

  it("takes few different numbers for values", () => {
    expect(columns[2]).toMatchObject({ kind: "value", values: ["1", "2"] });
  });
});

it("shows label, age, sex, site and what the sets shall be alike in, each once", () => {
  const choices = {
    ...{ label: "dx", classes: null, test: 0, keepTogether: [], seed: 0 },
    sessions: "all",
    validation: { kind: "leave-one-out", column: "scanner" },
    stratify: ["site", "apoe"],
  } as const;
  const columns = [
    "participant_id",
    "session_id",
    "site",
    "apoe",
    "dx",
    "stage",
    "age_bl",
    "Gender",
    "scanner",
  ];
  expect(usualColumns(columns, choices)).toEqual(["dx", "age_bl", "Gender", "site", "scanner", "apoe"]);
});
