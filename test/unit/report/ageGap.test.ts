import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { ageGapMeasures, ageLineOn, tellsAge } from "../../../src/report/results/ageGap";
import {
  type AnswerSet,
  type AnswerSource,
  type GroupResults,
  idOf,
} from "../../../src/report/results/groupResults";
import { defined, expectNear } from "../../support/expectFigure";
import { describeWithReference, reference } from "../../support/reference";

const FILE = "golden/i_tests.json";
const numbers = z.array(z.number());
const after = z.object({ mae: z.number(), mean_delta: z.number(), r_delta_age: z.number() });
const schema = z.object({
  brain_age: z.array(
    z.object({
      fit_age: numbers,
      fit_prediction: numbers,
      test_age: numbers,
      test_prediction: numbers,
      cole: z.object({ slope: z.number(), intercept: z.number(), after }),
      beheshti: z.object({ after }),
      before: after,
    }),
  ),
});

const single: AnswerSource = { kind: "single", split: 0, metric: "loss" };
const pooled: AnswerSource = { kind: "pooled", splits: [0, 1], metric: "loss" };

const setOf = (source: AnswerSource, ages: readonly number[], predictions: readonly number[]): AnswerSet => ({
  id: idOf(source),
  source,
  sessions: ages.map((truth, i) => ({
    participantId: `sub-${i}`,
    sessionId: "ses-M000",
    cohort: "single",
    split: 0,
    truth,
    answer: { kind: "value", value: predictions[i]! },
  })),
  voting: "none",
  incomplete: 0,
});

const resultsOf = (...answers: readonly AnswerSet[]): GroupResults => ({
  maps: "/maps",
  group: "validation",
  acquaintance: "chosen",
  knownPeople: 0,
  leftOut: 0,
  task: "regression",
  label: "age",
  classes: [],
  mode: "image",
  architecture: null,
  source: { capsDirectory: "", multiCohort: false, tables: [] },
  counts: { people: 0, sessions: 0, byClass: [], unlabelled: 0 },
  answers,
  headline: null,
  problems: [],
});

it("is asked of ages alone", () => {
  const told = (label: string | null) => tellsAge({ task: "regression", label });
  expect(["age", "age_bl", "scan_age", "Age"].map(told)).toEqual([true, true, true, true]);
  expect([null, "MMSE", "stage", "average"].map(told)).toEqual([false, false, false, false]);
  expect(tellsAge({ task: "classification", label: "age" })).toBe(false);
});

it("has no line without other people's answers, or where they are of one age", () => {
  expect(ageLineOn(resultsOf(), single)).toBeNull();
  expect(ageLineOn(resultsOf(setOf(single, [70, 70, 70], [60, 65, 70])), single)).toBeNull();
});

describeWithReference("the gap between predicted and true age", [FILE], () => {
  const golden = schema.parse(JSON.parse(readFileSync(reference(FILE), "utf8"))).brain_age;

  it.each(golden)("is that of Cole's and Beheshti's formulas", (one) => {
    const validation = resultsOf(
      setOf(single, one.fit_age.slice(0, 5), one.fit_prediction.slice(0, 5)),
      setOf(pooled, one.fit_age, one.fit_prediction),
    );
    // An ensemble is corrected by the folds together.
    const line = ageLineOn(validation, { ...pooled, kind: "ensemble" })!;
    expectNear(line.slope, one.cole.slope, 1e-10);
    expectNear(line.intercept, one.cole.intercept, 1e-10);
    const found = ageGapMeasures(setOf(single, one.test_age, one.test_prediction), line);
    const value = (name: string) => defined(found.find((measure) => measure.name === name)!.value);
    expectNear(value("MAE_cole"), one.cole.after.mae, 1e-10);
    expectNear(value("gap_cole"), one.cole.after.mean_delta, 1e-10);
    expectNear(value("gap_beheshti"), one.beheshti.after.mean_delta, 1e-10);
    expectNear(value("r_gap_age"), one.before.r_delta_age, 1e-10);
    expectNear(value("r_gap_age_cole"), one.cole.after.r_delta_age, 1e-10);
    // Of Beheshti's correction no accuracy is told.
    expect(found.filter(({ name }) => /beheshti/.test(name)).map(({ name }) => name)).toEqual([
      "gap_beheshti",
    ]);
  });
});
