/** `tsvtools split`: one set of participants apart from the others, alike in age, sex and diagnosis. */
import { join } from "node:path";
import { codeOf, labelCodeOf } from "../../experiment/labelCode";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { writeNewFolder } from "../../files/wholeFolder";
import { RandomGenerator } from "../../network/weights/random";
import { columnSpellings } from "../tables/spellings";
import { type Comparison, compareSides, readDemographics } from "./balance";
import { requireColumn } from "./columns";
import { ageCriterion, sexCriterion } from "./drawCriterion";
import { besideTable, readSessions, type SessionTable } from "./sessions";
import { stratifiedShuffle } from "./stratifiedShuffle";
import { writeRecord, writeSubset, writeTrain } from "./subsets";

export interface SplitOptions {
  /** Participants in the subset: a number, or a share between 0 and 1; 0 makes everyone the subset, without a training set. */
  readonly nTest: number;
  readonly subsetName: string;
  /** Smallest p-value of Student's t-test of the ages with which a draw is accepted. */
  readonly pAgeThreshold: number;
  /** Smallest value of ClinicaDL's measure of the shares of the sexes (`sexCriterion`; no p-value) with which a draw is accepted. */
  readonly pSexThreshold: number;
  /** Draw without regard to age, sex and diagnosis. */
  readonly ignoreDemographics: boolean;
  /** Also write all the sessions of the subset. */
  readonly validLongitudinal: boolean;
  readonly seed: number;
}

/** ClinicaDL's. */
export const SPLIT_DEFAULTS: SplitOptions = {
  nTest: 100,
  subsetName: "validation",
  pAgeThreshold: 0.8,
  pSexThreshold: 0.8,
  ignoreDemographics: false,
  validLongitudinal: false,
  seed: 0,
};

export interface SplitOutcome {
  readonly folder: string;
  readonly train: number;
  readonly subset: number;
  /** Null when demographics were ignored or there is one set only. */
  readonly balance: Balance | null;
  readonly warnings: readonly Problem[];
}

/** How alike the two sets are, and how many draws that took. */
export interface Balance {
  readonly age: Comparison;
  readonly sex: Comparison;
  readonly draws: number;
}

/** Draws before it gives up: enough for p-values that one draw in a thousand reaches. */
const DRAWS = 20_000;

/**
 * Writes `<folder of file>/split` (or `split_2`, ...). Equal seeds give equal sets.
 * Throws an InputError: a table that cannot be split, or one whose best split misses the thresholds (with its p-values).
 */
export async function splitTable(
  file: string,
  options: SplitOptions = SPLIT_DEFAULTS,
): Promise<SplitOutcome> {
  const words = options.ignoreDemographics ? [] : ["age", "sex", "diagnosis"];
  const table = await readSessions(file, words);
  const count = subsetCount(table, options.nTest);
  const { chosen, balance, warnings } = choose(table, count, options);
  const people = table.participants;
  const subset = people.filter((_, i) => chosen[i]);
  const train = people.filter((_, i) => !chosen[i]);

  const longitudinal = options.validLongitudinal || train.length === 0;
  const folder = await writeNewFolder(besideTable(table), "split", async (temporary) => {
    await writeRecord(join(temporary, "split.json"), {
      n_test: options.nTest,
      subset_name: options.subsetName,
      p_age_threshold: options.pAgeThreshold,
      p_sex_threshold: options.pSexThreshold,
      categorical_split_variable: null,
      ignore_demographics: options.ignoreDemographics,
      mullti_diagnoses: false,
      seed: options.seed,
    });
    if (train.length > 0) await writeTrain(temporary, table, train);
    await writeSubset(temporary, table, options.subsetName, subset, longitudinal);
  });
  return {
    folder,
    train: train.length,
    subset: subset.length,
    balance,
    warnings: [...table.warnings, ...warnings],
  };
}

function subsetCount({ file, participants }: SessionTable, nTest: number): number {
  const all = participants.length;
  if (nTest === 0) return all;
  const count = nTest < 1 ? Math.floor(nTest * all) : Math.floor(nTest);
  if (count >= 1 && count < all) return count;
  throw refuse("subset.count", { file }, { count, all });
}

interface Choice {
  readonly chosen: readonly boolean[];
  readonly balance: Balance | null;
  readonly warnings: readonly Problem[];
}

function choose(table: SessionTable, count: number, options: SplitOptions): Choice {
  const people = table.participants;
  const random = new RandomGenerator(options.seed);
  const unbalanced = { balance: null, warnings: [] };
  if (count === people.length) return { chosen: people.map(() => true), ...unbalanced };
  if (options.ignoreDemographics) {
    const drawn = new Set(random.permutation(people.length).slice(0, count));
    return { chosen: people.map((_, i) => drawn.has(i)), ...unbalanced };
  }
  return drawBalanced(table, count, options, random);
}

function drawBalanced(
  table: SessionTable,
  count: number,
  { pAgeThreshold, pSexThreshold }: SplitOptions,
  random: RandomGenerator,
): Choice {
  const demographics = readDemographics(table);
  const { ages, sexes, warnings } = demographics;
  const classes = classesOf(table);
  checkClasses(table, classes, count);
  let best = { chosen: [] as boolean[], pAge: 0, pSex: 0, worth: -1 };
  for (let draws = 1; draws <= DRAWS; draws++) {
    const chosen = stratifiedShuffle(classes, count, random);
    const pAge = ageCriterion(among(ages, chosen, true), among(ages, chosen, false));
    const pSex = sexCriterion(known(among(sexes, chosen, false)), known(among(sexes, chosen, true)));
    if (pAge >= pAgeThreshold && pSex >= pSexThreshold) {
      return { chosen, balance: { ...compareSides(demographics, chosen), draws }, warnings };
    }
    const worth = Math.min(pAge / pAgeThreshold, pSex / pSexThreshold);
    if (worth > best.worth) best = { chosen, pAge, pSex, worth };
  }
  throw refuse(
    "subset.unbalanced",
    { file: table.file },
    {
      draws: DRAWS,
      age: best.pAge.toFixed(3),
      askedAge: pAgeThreshold,
      sex: best.pSex.toFixed(3),
      askedSex: pSexThreshold,
    },
  );
}

const among = <T>(values: readonly T[], chosen: readonly boolean[], wanted: boolean) =>
  values.filter((_, i) => chosen[i] === wanted);

const known = (sexes: readonly ("F" | "M" | null)[]) => sexes.filter((sex) => sex !== null);

function classesOf({ table, participants }: SessionTable): number[] {
  const diagnosis = requireColumn(table, "diagnosis");
  const problems = columnSpellings(table, diagnosis);
  if (problems.length > 0) throw new InputError(problems);
  const labels = participants.map(({ baseline }) => baseline[diagnosis] ?? "");
  const code = labelCodeOf(labels);
  return withoutLoners(labels.map((label) => codeOf(code, label) ?? 0));
}

/** A class of one person cannot be shared out: it joins the first class, as in ClinicaDL. */
function withoutLoners(classes: readonly number[]): number[] {
  const count = (one: number) => classes.filter((other) => other === one).length;
  return classes.map((one) => (count(one) === 1 ? 0 : one));
}

function checkClasses(table: SessionTable, classes: readonly number[], count: number): void {
  const number = new Set(classes).size;
  const smallest = Math.min(count, classes.length - count);
  if (smallest >= number) return;
  const values = { count, others: classes.length - count, diagnoses: number };
  throw refuse("subset.too-small", { file: table.file }, values);
}
