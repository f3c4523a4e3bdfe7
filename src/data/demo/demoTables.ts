/** The tables of the demo: everyone, and the sets that nobody leaves, each with as many of either group, sex and site. */
import { join } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { formatRecords } from "../../files/tsv";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import type { DemoPerson } from "./demoPeople";

/** Where the tables stand. */
export interface DemoTables {
  /** `tsv_path`: train and validation */
  readonly split: string;
  /** Everyone: participant_id, session_id, age, sex, site, diagnosis. */
  readonly labels: string;
  /** Participants that neither train nor validate. */
  readonly test: string;
}

export const DEMO_COLUMNS = ["participant_id", "session_id", "age", "sex", "site", "diagnosis"] as const;
export type DemoRow = Readonly<Record<(typeof DEMO_COLUMNS)[number], string>>;

/** 1 -> `ses-M012` */
export const sessionOf = (years: number): string => `ses-M${String(12 * years).padStart(3, "0")}`;

interface TableOptions {
  readonly seed: number;
  readonly sites: readonly string[];
}

/**
 * Writes labels.tsv, `split` (the test set and the rest), and within it `split` again (training and validation), as
 * `tsvtools prepare-experiment` nests them.
 */
export async function writeDemoTables(
  tsv: string,
  people: readonly DemoPerson[],
  { seed, sites }: TableOptions,
): Promise<DemoTables> {
  const outer = join(tsv, "split");
  const inner = join(outer, "split");
  const labels = join(tsv, "labels.tsv");
  const [test, others] = takeOut(people, 1 / 6, new RandomGenerator(deriveSeed(seed, "test")));
  const [validation, train] = takeOut(others, 1 / 3, new RandomGenerator(deriveSeed(seed, "validation")));
  const placed = new Map([test, validation, train].flatMap((set) => placesOf(set, sites)));

  const write = (file: string, rows: readonly DemoRow[]) =>
    writeAtomically(file, formatRecords(DEMO_COLUMNS, rows));
  const all = (set: readonly DemoPerson[]) =>
    set.flatMap((person) => person.visits.map((years) => rowOf(person, years, placed.get(person)!)));
  const first = (set: readonly DemoPerson[]) => set.map((person) => rowOf(person, 0, placed.get(person)!));
  await write(labels, all(people));
  await write(join(outer, "train.tsv"), all(others));
  await write(join(outer, "train_baseline.tsv"), first(others));
  await write(join(outer, "test_baseline.tsv"), first(test));
  await write(join(inner, "train.tsv"), all(train));
  await write(join(inner, "train_baseline.tsv"), first(train));
  await write(join(inner, "validation_baseline.tsv"), first(validation));
  return { split: inner, labels, test: join(outer, "test_baseline.tsv") };
}

type Place = Pick<DemoRow, "sex" | "site">;

function rowOf({ participantId, age, diagnosis }: DemoPerson, years: number, { sex, site }: Place): DemoRow {
  return {
    participant_id: participantId,
    session_id: sessionOf(years),
    age: (age + years).toFixed(1),
    sex,
    site,
    diagnosis,
  };
}

/** Sex and site by lot, so that neither says anything about the diagnosis: each group of a set goes round both. */
function placesOf(set: readonly DemoPerson[], sites: readonly string[]): (readonly [DemoPerson, Place])[] {
  return groupsOf(set).flatMap((group) =>
    group
      .toSorted((a, b) => a.lot - b.lot)
      .map((person, i) => {
        const site = sites[Math.floor(i / 2) % sites.length]!;
        return [person, { sex: i % 2 === 0 ? "F" : "M", site }] as const;
      }),
  );
}

const groupsOf = (people: readonly DemoPerson[]): DemoPerson[][] =>
  [...new Set(people.map(({ diagnosis }) => diagnosis))]
    .sort()
    .map((diagnosis) => people.filter((person) => person.diagnosis === diagnosis));

/** Draws a share of each diagnosis; both lists keep the order of the participants. */
function takeOut(
  people: readonly DemoPerson[],
  part: number,
  random: RandomGenerator,
): [DemoPerson[], DemoPerson[]] {
  const taken = new Set(
    groupsOf(people).flatMap((group) => random.shuffled(group).slice(0, Math.round(part * group.length))),
  );
  return [people.filter((person) => taken.has(person)), people.filter((person) => !taken.has(person))];
}
