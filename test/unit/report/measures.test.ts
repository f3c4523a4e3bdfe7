import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { classFigures, type Measure } from "../../../src/report/results/measures";
import type { PersonAnswer } from "../../../src/report/results/people";
import { isUndefined } from "../../../src/statistics/figure";
import { fixture } from "../../support/fixturePath";

interface Case {
  readonly truth: readonly number[];
  /** Of two classes those of the first. */
  readonly probabilities: readonly (number | readonly number[])[];
  readonly confusion: readonly (readonly number[])[];
  readonly classes: Readonly<
    Record<string, Readonly<Record<"AUC" | "AP" | "F1_score" | "MCC", number | null>>>
  >;
  readonly BA?: number;
  readonly Brier?: number;
  readonly log_loss?: number;
  readonly AUC?: number;
}

const cases: Readonly<Record<string, Case>> = JSON.parse(
  readFileSync(fixture("report/results.json"), "utf8"),
);

function peopleOf({ truth, probabilities }: Pick<Case, "truth" | "probabilities">): PersonAnswer[] {
  return truth.map((code, i) => {
    const given = probabilities[i]!;
    const row = typeof given === "number" ? [given, 1 - given] : given;
    const answer = { kind: "class" as const, predicted: row.indexOf(Math.max(...row)), probabilities: row };
    return { participantId: `sub-${i}`, cohort: "single", truth: code, answer, sessions: [] };
  });
}

const valueNamed = (measures: readonly Measure[], name: string, code: number | null) => {
  const value = measures.find((one) => one.name === name && one.code === code)?.value;
  return value === undefined || isUndefined(value) ? null : value;
};

function compare(found: number | null, expected: number | null, name: string): void {
  if (expected === null) expect(found, name).toBeNull();
  // Where nobody was taken for a class scikit-learn has 0, and here there is no figure.
  else if (found === null) expect(expected, name).toBe(0);
  else expect(found, name).toBeCloseTo(expected, 12);
}

describe("the figures of a classification", () => {
  it.each(Object.entries(cases))("are scikit-learn's: %s", (_, known) => {
    const two = known.confusion.length === 2;
    const { confusion, measures } = classFigures(peopleOf(known), known.confusion.length);
    expect(confusion).toEqual(known.confusion);
    for (const [code, figures] of Object.entries(known.classes)) {
      for (const [name, expected] of Object.entries(figures)) {
        compare(valueNamed(measures, name, two ? null : Number(code)), expected, name);
      }
    }
    for (const name of ["BA", "AUC", "Brier", "log_loss"] as const) {
      if (known[name] !== undefined) compare(valueNamed(measures, name, null), known[name], name);
    }
  });

  it("have intervals with a width at their limits too", () => {
    const { measures } = classFigures(peopleOf(cases.perfect!), 2);
    for (const name of ["AUC", "BA", "sensitivity", "specificity"]) {
      const { value, interval } = measures.find((one) => one.name === name)!;
      expect(value).toBe(1);
      if (interval === null || isUndefined(interval)) throw new Error(`${name} has no interval.`);
      expect(interval.lower).toBeLessThan(0.9);
      expect(interval.upper).toBe(1);
    }
  });

  it("have no interval that goes beyond what a figure can be", () => {
    // One of three is told surely wrong: Student's limits of Brier are -1.1 and 1.77.
    const { measures } = classFigures(peopleOf({ truth: [0, 1, 1], probabilities: [1, 0, 1] }), 2);
    const intervalOf = (name: string) => measures.find((one) => one.name === name)!.interval;
    expect(intervalOf("Brier")).toMatchObject({ lower: 0, upper: 1 });
    expect(intervalOf("log_loss")).toMatchObject({ lower: 0 });
    // Everybody is off by as much: that says nothing of the error of the mean.
    const { measures: alike } = classFigures(
      peopleOf({ truth: [0, 0, 1], probabilities: [0.9, 0.9, 0.1] }),
      2,
    );
    expect(alike.find(({ name }) => name === "Brier")?.interval).toEqual({ undefinedBecause: "no-variance" });
  });

  it("say why there is none, instead of 0", () => {
    const { measures } = classFigures(peopleOf(cases["one class"]!), 2);
    const why = (name: string) => measures.find((one) => one.name === name)?.value;
    expect(why("AUC")).toEqual({ undefinedBecause: "no-positives" });
    expect(why("sensitivity")).toEqual({ undefinedBecause: "no-positives" });
    expect(why("BA")).toEqual({ undefinedBecause: "no-positives" });
    expect(classFigures([], 2).measures.every(({ value }) => isUndefined(value))).toBe(true);
  });

  it("follow a threshold, which takes the positive class from its own value on", () => {
    const people = peopleOf({ truth: [0, 0, 1, 1], probabilities: [0.9, 0.4, 0.4, 0.1] });
    expect(classFigures(people, 2).confusion).toEqual([
      [1, 1],
      [0, 2],
    ]);
    expect(classFigures(people, 2, 0.4).confusion).toEqual([
      [2, 0],
      [1, 1],
    ]);
  });

  it("are those of counts alone where a table has no probabilities", () => {
    const people = peopleOf(cases.ties!).map((person) => ({
      ...person,
      answer: { kind: "class" as const, predicted: 0, probabilities: null },
    }));
    const names = classFigures(people, 2).measures.map(({ name }) => name);
    expect(names).not.toContain("AUC");
    expect(names).toContain("BA");
  });
});
