import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { differenceSteps } from "../../../src/report/results/drawnDifferences";
import type { Given, GroupResults, SessionAnswer } from "../../../src/report/results/groupResults";
import { independentTests } from "../../../src/report/results/independentTests";
import { byPerson } from "../../../src/report/results/people";
import { isUndefined, undefinedBecause } from "../../../src/statistics/figure";
import { finished } from "../../../src/statistics/steps";
import type { Task } from "../../../src/statistics/task";
import { fixture } from "../../support/fixturePath";

type Answer = number | readonly number[];
interface Case {
  readonly truth: readonly number[];
  readonly first: readonly Answer[];
  readonly otherTruth: readonly number[];
  readonly second: readonly Answer[];
  readonly figures: Readonly<
    Record<string, Readonly<Record<"difference" | "lower" | "upper" | "deviation", number>>>
  >;
}

const cases: Readonly<Record<string, Case>> = JSON.parse(readFileSync(fixture("report/apart.json"), "utf8"));

const given = (answer: Answer): Given =>
  typeof answer === "number"
    ? { kind: "value", value: answer }
    : { kind: "class", predicted: answer.indexOf(Math.max(...answer)), probabilities: answer };

const sessionsOf = (
  name: string,
  truth: readonly (number | null)[],
  answers: readonly Given[],
): SessionAnswer[] =>
  answers.map((answer, i) => ({
    ...{ participantId: `sub-${name}${i}`, sessionId: "ses-M000", cohort: "single", split: 0 },
    ...{ truth: truth[i]!, answer },
  }));

const both = ({ truth, first, otherTruth, second }: Case) =>
  [sessionsOf("a", truth, first.map(given)), sessionsOf("b", otherTruth, second.map(given))] as const;

const answered = (task: Task, classes: number) => ({
  task,
  classes: Array.from({ length: classes }, (_, code) => `class${code}`),
});

const differences = (
  results: Pick<GroupResults, "task" | "classes">,
  [first, second]: readonly [readonly SessionAnswer[], readonly SessionAnswer[]],
) => finished(differenceSteps({ results, set: { sessions: first } }, { results, set: { sessions: second } }));

const tests = (
  results: Pick<GroupResults, "task" | "classes">,
  [first, second]: readonly [readonly SessionAnswer[], readonly SessionAnswer[]],
) => independentTests(results, byPerson(first).people, byPerson(second).people);

/** Standard deviations of the draws: more than chance puts between the limits of two times some thousand draws. */
const CHANCE = 0.3;

describe("differences of models that answered different people", () => {
  it.each([
    ["two", "classification", 2, ["BA", "sensitivity", "specificity"]],
    ["three", "classification", 3, ["BA"]],
    ["ages", "regression", 0, []],
  ] as const)(
    "are those of scikit-learn's figures, group by group drawn again: %s",
    (name, task, classes, formulas) => {
      const { figures, ...one } = cases[name]!;
      const found = differences(answered(task, classes), both({ figures, ...one }));
      const expected = [...Object.keys(figures), ...formulas].sort();
      expect(found.map(({ measure }) => measure).sort()).toEqual(expected);
      for (const { measure, difference, interval } of found) {
        if (isUndefined(interval)) throw new Error(`${measure} has no interval`);
        const known = figures[measure];
        // Those of a formula are held against statsmodels in `independentDifference.test.ts`.
        if (known === undefined) {
          expect(["newcombe-hybrid", "mover-wilson"], measure).toContain(interval.method);
          continue;
        }
        expect(difference, measure).toBeCloseTo(known.difference, 12);
        expect(interval).toMatchObject({ method: "bootstrap", resamples: 2000 });
        for (const limit of ["lower", "upper"] as const) {
          expect(Math.abs(interval[limit] - known[limit]), `${measure} ${limit}`).toBeLessThan(
            CHANCE * known.deviation,
          );
        }
      }
    },
  );

  it("have tests of two samples, each with its interval", () => {
    const found = tests(answered("classification", 2), both(cases.two!));
    expect(found.map(({ test, measure }) => [test, measure])).toEqual([
      ["delong-unpaired", "AUC"],
      ["fisher-exact", "accuracy"],
    ]);
    for (const { difference, interval } of found) {
      expect(interval!.lower).toBeLessThan(difference!);
      expect(interval!.upper).toBeGreaterThan(difference!);
    }
    expect(tests(answered("classification", 3), both(cases.three!)).map(({ test }) => test)).toEqual([
      "fisher-exact",
    ]);
    const [errors] = tests(answered("regression", 0), both(cases.ages!));
    expect(errors).toMatchObject({ test: "welch", measure: "MAE" });
    // Errors of a deviation of 3 against 6.
    expect(errors!.difference).toBeLessThan(-1);
    expect(errors!.p).toBeLessThan(0.001);
  });

  it("say that not everybody has probabilities, and still whose answers are right", () => {
    const [first, second] = both(cases.two!);
    const bare = second.map((one, i) =>
      i === 0 ? { ...one, answer: { kind: "class", predicted: 0, probabilities: null } as const } : one,
    );
    const [area, right] = tests(answered("classification", 2), [first, bare]);
    expect(area).toMatchObject({ difference: null, p: undefinedBecause("no-probabilities") });
    expect(right!.interval).not.toBeNull();
  });

  it("have a width where both answered everybody rightly", () => {
    const right = (name: string, people: number) =>
      sessionsOf(
        name,
        Array.from({ length: people }, (_, i) => i % 2),
        Array.from({ length: people }, (_, i) => given(i % 2 === 0 ? [0.9, 0.1] : [0.2, 0.8])),
      );
    const pair = [right("a", 12), right("b", 20)] as const;
    const [area, accuracy] = tests(answered("classification", 2), pair);
    expect(area).toMatchObject({ difference: 0, p: undefinedBecause("no-variance") });
    expect(area!.interval!.upper).toBeGreaterThan(0.05);
    expect(accuracy).toMatchObject({ difference: 0, p: 1 });
    expect(accuracy!.interval!.lower).toBeLessThan(-0.1);
    const balanced = differences(answered("classification", 2), pair).find(({ measure }) => measure === "BA");
    expect(balanced!.interval).toMatchObject({ method: "mover-wilson" });
  });

  it("of images are Welch's, of their means", () => {
    const images = (name: string, values: readonly number[]) =>
      sessionsOf(
        name,
        values.map(() => null),
        values.map((SSIM) => ({ kind: "reconstruction", metrics: { SSIM, PSNR: 30 * SSIM } })),
      );
    const pair = [images("a", [0.9, 0.8, 0.7, 0.6]), images("b", [0.8, 0.7, 0.65])] as const;
    expect(tests(answered("reconstruction", 0), pair)).toMatchObject([{ test: "welch", measure: "SSIM" }]);
    const [psnr, ...others] = differences(answered("reconstruction", 0), pair);
    expect(others).toEqual([]);
    expect(psnr).toMatchObject({ measure: "PSNR", interval: { method: "welch" } });
    expect(psnr!.difference).toBeCloseTo(30 * (0.75 - 2.15 / 3), 12);
  });
});
