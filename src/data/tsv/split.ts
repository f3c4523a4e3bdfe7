/** `tsvtools split`: one set of participants apart from the others, alike in age, sex and diagnosis. */
import { join } from "node:path";
import { codeOf, labelCodeOf } from "../../experiment/labelCode";
import { aboutSubject, problem, refuse } from "../../experiment/problems/makeProblem";
import { InputError, type Problem } from "../../experiment/problems/problem";
import { RandomGenerator } from "../../network/weights/random";
import { isMissing } from "../tables/missing";
import { columnSpellings } from "../tables/spellings";
import { requireColumn } from "./columns";
import { besideTable, type Participant, readSessions, type SessionTable } from "./sessions";
import { proportionTest, tTest } from "./statistics";
import { stratifiedShuffle } from "./stratifiedShuffle";
import { newFolder, writeRecord, writeSubset, writeTrain } from "./subsets";

export interface SplitOptions {
  /** Participants in the subset: a number, or a share between 0 and 1; 0 makes everyone the subset, without a training set. */
  readonly nTest: number;
  readonly subsetName: string;
  /** Smallest p-values of the tests that compare the two sets. */
  readonly pAgeThreshold: number;
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
  readonly balance: { readonly pAge: number; readonly pSex: number; readonly draws: number } | null;
  readonly warnings: readonly Problem[];
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
  const { chosen, balance } = choose(table, count, options);
  const people = table.participants;
  const subset = people.filter((_, i) => chosen[i]);
  const train = people.filter((_, i) => !chosen[i]);

  const folder = await newFolder(besideTable(table), "split");
  await writeRecord(join(folder, "split.json"), {
    n_test: options.nTest,
    subset_name: options.subsetName,
    p_age_threshold: options.pAgeThreshold,
    p_sex_threshold: options.pSexThreshold,
    categorical_split_variable: null,
    ignore_demographics: options.ignoreDemographics,
    mullti_diagnoses: false,
    seed: options.seed,
  });
  if (train.length > 0) await writeTrain(folder, table, train);
  await writeSubset(
    folder,
    table,
    options.subsetName,
    subset,
    options.validLongitudinal || train.length === 0,
  );
  return { folder, train: train.length, subset: subset.length, balance, warnings: table.warnings };
}

function subsetCount({ file, participants }: SessionTable, nTest: number): number {
  const all = participants.length;
  if (nTest === 0) return all;
  const count = nTest < 1 ? Math.floor(nTest * all) : Math.floor(nTest);
  if (count >= 1 && count < all) return count;
  throw refuse("subset.count", { file }, { count, all });
}

type Choice = { readonly chosen: readonly boolean[]; readonly balance: SplitOutcome["balance"] };

function choose(table: SessionTable, count: number, options: SplitOptions): Choice {
  const people = table.participants;
  const random = new RandomGenerator(options.seed);
  if (count === people.length) return { chosen: people.map(() => true), balance: null };
  if (options.ignoreDemographics) {
    const drawn = new Set(random.permutation(people.length).slice(0, count));
    return { chosen: people.map((_, i) => drawn.has(i)), balance: null };
  }
  return drawBalanced(table, count, options, random);
}

function drawBalanced(
  table: SessionTable,
  count: number,
  { pAgeThreshold, pSexThreshold }: SplitOptions,
  random: RandomGenerator,
): Choice {
  const { ages, sexes, classes } = demographics(table);
  checkClasses(table, classes, count);
  let best = { chosen: [] as boolean[], pAge: 0, pSex: 0, worth: -1 };
  for (let draws = 1; draws <= DRAWS; draws++) {
    const chosen = stratifiedShuffle(classes, count, random);
    const pAge = tTest(among(ages, chosen, true), among(ages, chosen, false));
    const pSex = proportionTest(among(sexes, chosen, false), among(sexes, chosen, true));
    if (pAge >= pAgeThreshold && pSex >= pSexThreshold) {
      return { chosen, balance: { pAge, pSex, draws } };
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

function demographics(table: SessionTable) {
  const [age, sex, diagnosis] = [
    requireColumn(table.table, "age"),
    requireColumn(table.table, "sex"),
    requireColumn(table.table, "diagnosis"),
  ];
  const people = table.participants;
  const problems = [
    ...columnSpellings(table.table, diagnosis),
    ...people.flatMap((person) => personProblems(table.file, person, age, sex)),
  ];
  if (problems.length > 0) throw new InputError(problems);
  const labels = people.map(({ baseline }) => baseline[diagnosis] ?? "");
  const code = labelCodeOf(labels);
  return {
    ages: people.map(({ baseline }) => (isMissing(baseline[age]) ? Number.NaN : Number(baseline[age]))),
    sexes: people.map(({ baseline }) => baseline[sex] ?? ""),
    classes: withoutLoners(labels.map((label) => codeOf(code, label) ?? 0)),
  };
}

function personProblems(file: string, { id, baseline }: Participant, age: string, sex: string): Problem[] {
  const ageText = baseline[age];
  const found = [
    ...(!isMissing(ageText) && Number.isNaN(Number(ageText))
      ? [problem("person.not-a-number", { file }, { column: age, value: ageText })]
      : []),
    ...(baseline[sex] === "F" || baseline[sex] === "M"
      ? []
      : [problem("person.sex", { file }, { column: sex, value: baseline[sex] })]),
  ];
  return found.map((one) => aboutSubject(`${id} ${baseline.session_id}`, one));
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
