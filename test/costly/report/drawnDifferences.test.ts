import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RandomGenerator } from "../../../src/network/weights/random";
import { differenceSteps } from "../../../src/report/results/drawnDifferences";
import type { Given, SessionAnswer } from "../../../src/report/results/groupResults";
import { resamplesOf } from "../../../src/report/results/resampled";
import { logLoss } from "../../../src/statistics/calibration/scores";
import { isUndefined, undefinedBecause } from "../../../src/statistics/figure";
import { averagePrecision } from "../../../src/statistics/roc/precisionRecall";
import { oneAgainstRest } from "../../../src/statistics/roc/scored";
import { finished } from "../../../src/statistics/steps";
import type { Task } from "../../../src/statistics/task";
import { effort } from "../../support/effort";
import { fixture } from "../../support/fixturePath";

interface Case {
  readonly truth: readonly number[];
  readonly first: readonly (number | readonly number[])[];
  readonly second: readonly (number | readonly number[])[];
  readonly figures: Readonly<
    Record<string, Readonly<Record<"difference" | "lower" | "upper" | "deviation", number>>>
  >;
}

const cases: Readonly<Record<string, Case>> = JSON.parse(
  readFileSync(fixture("report/differences.json"), "utf8"),
);

const given = (answer: number | readonly number[]): Given =>
  typeof answer === "number"
    ? { kind: "value", value: answer }
    : { kind: "class", predicted: answer.indexOf(Math.max(...answer)), probabilities: answer };

const sessionsOf = (truth: readonly (number | null)[], answers: readonly Given[]): SessionAnswer[] =>
  answers.map((answer, i) => ({
    ...{ participantId: `sub-${i}`, sessionId: "ses-M000", cohort: "single", split: 0 },
    ...{ truth: truth[i]!, answer },
  }));

function differences(
  task: Task,
  classes: number,
  [first, second]: readonly [readonly SessionAnswer[], readonly SessionAnswer[]],
) {
  const results = { task, classes: Array.from({ length: classes }, (_, code) => `class${code}`) };
  const of = (sessions: readonly SessionAnswer[]) => ({ results, set: { sessions } });
  return finished(differenceSteps(of(first), of(second)));
}

/** Standard deviations of the draws: more than chance puts between the limits of two times some thousand draws. */
const CHANCE = 0.3;

describe("differences by drawing people again", () => {
  it.each([
    ["two", "classification", 2],
    ["three", "classification", 3],
    ["ages", "regression", 0],
  ] as const)("are those of scikit-learn's figures: %s", (name, task, classes) => {
    const { truth, first, second, figures } = cases[name]!;
    const found = differences(task, classes, [
      sessionsOf(truth, first.map(given)),
      sessionsOf(truth, second.map(given)),
    ]);
    expect(found.map(({ measure }) => measure).sort()).toEqual(Object.keys(figures).sort());
    for (const { measure, difference, interval } of found) {
      const known = figures[measure]!;
      expect(difference, measure).toBeCloseTo(known.difference, 12);
      if (isUndefined(interval)) throw new Error(`${measure} has no interval`);
      expect(interval.resamples).toBe(2000);
      for (const limit of ["lower", "upper"] as const) {
        expect(Math.abs(interval[limit] - known[limit]), `${measure} ${limit}`).toBeLessThan(
          CHANCE * known.deviation,
        );
      }
    }
  });

  it("are of whom both answered", () => {
    const { truth, first } = cases.two!;
    const own = sessionsOf(truth, first.map(given));
    const half = own.slice(0, 40);
    const same = differences("classification", 2, [own, half]);
    expect(same.length).toBe(9);
    for (const { difference, interval } of same) {
      expect(difference).toBe(0);
      expect(interval).toEqual(undefinedBecause("no-differences"));
    }
  });

  it("need no probabilities for what was taken for what", () => {
    const { truth, first, second } = cases.two!;
    const bare = (answers: Case["first"]) =>
      answers.map(given).map((one): Given => (one.kind === "class" ? { ...one, probabilities: null } : one));
    const found = differences("classification", 2, [
      sessionsOf(truth, bare(first)),
      sessionsOf(truth, bare(second)),
    ]);
    const names = ["BA", "accuracy", "sensitivity", "specificity", "F1_score", "MCC"];
    expect(found.map(({ measure }) => measure)).toEqual(names);
  });

  it("of images are of every figure of theirs", () => {
    const images = (values: readonly number[]) =>
      sessionsOf(
        values.map(() => null),
        values.map((SSIM) => ({ kind: "reconstruction", metrics: { SSIM, PSNR: 30 } })),
      );
    const [ssim, psnr] = differences("reconstruction", 0, [
      images([0.9, 0.8, 0.7, 0.6]),
      images([0.8, 0.7, 0.65, 0.5]),
    ]);
    // 0.1, 0.1, 0.05 and 0.1: no draw of four is outside of them.
    expect(ssim).toMatchObject({ measure: "SSIM", difference: expect.closeTo(0.0875, 12) });
    expect(ssim!.interval).toMatchObject({ method: "bootstrap", upper: expect.closeTo(0.1, 12) });
    expect(psnr).toEqual({ measure: "PSNR", difference: 0, interval: undefinedBecause("no-differences") });
  });

  it("cost less than two of the formulas for all the people that are drawn", async () => {
    const random = new RandomGenerator(3);
    const truth = Array.from({ length: 2000 }, (_, i) => i % 2);
    const answersOf = () =>
      truth.map((code) => {
        const sure = 0.2 + 0.7 * random.uniform();
        return code === 0 ? [sure, 1 - sure] : [1 - sure, sure];
      });
    const [first, second] = [answersOf(), answersOf()];
    const sessions = [sessionsOf(truth, first.map(given)), sessionsOf(truth, second.map(given))] as const;
    const drawing = await effort(() => differences("classification", 2, sessions));
    const formulas = await effort(() => {
      for (let draw = 0; draw < resamplesOf(truth.length); draw++) {
        for (const probabilities of [first, second]) {
          averagePrecision(oneAgainstRest(truth, probabilities, 0));
          logLoss({ truth, probabilities });
        }
      }
    });
    expect(drawing).toBeLessThan(formulas);
  });
});
