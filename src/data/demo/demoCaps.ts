/** Writes the demo: a CAPS of made-up brains with the tables that tsvtools would write for it. */
import { join } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { formatRecords } from "../../files/tsv";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import { writeNifti } from "../nifti/niftiWrite";
import { type DemoPerson, drawPerson } from "./demoPeople";
import { hippocampusMask, PHANTOM_SHAPE, phantomAffine, scanPhantom } from "./phantom";

export interface DemoOptions {
  readonly seed: number;
  /** Half of them AD, half CN. */
  readonly participants?: number;
  readonly onProgress?: (imagesDone: number, images: number) => void;
}

/** Where the demo stands. */
export interface DemoStudy {
  /** `caps_directory` */
  readonly caps: string;
  /** `tsv_path`: train and validation */
  readonly split: string;
  /** Everyone: participant_id, session_id, age, sex, diagnosis. */
  readonly labels: string;
  /** Participants that neither train nor validate. */
  readonly test: string;
}

const COLUMNS = ["participant_id", "session_id", "age", "sex", "diagnosis"] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

/**
 * Writes `folder/caps` (t1-linear, cropped, one or two sessions a participant, masks of the hippocampi) and `folder/tsv`: labels.tsv, `split` (the test
 * set and the rest), and within it `split` again (training and validation), as `tsvtools prepare-experiment` nests them.
 * The same seed gives the same bytes.
 */
export async function writeDemo(folder: string, options: DemoOptions): Promise<DemoStudy> {
  const { seed, participants = 96, onProgress = () => {} } = options;
  const people = Array.from({ length: participants }, (_, i) => {
    const id = `sub-demo${String(i + 1).padStart(3, "0")}`;
    return drawPerson(id, i % 2 === 0 ? "AD" : "CN", new RandomGenerator(deriveSeed(seed, "person", i)));
  });
  const caps = join(folder, "caps");
  const images = people.reduce((sum, { visits }) => sum + visits.length, 0);
  let done = 0;
  for (const person of people) {
    for (const years of person.visits) {
      await writeScan(caps, person, years, seed);
      onProgress(++done, images);
    }
  }
  await writeMasks(caps);
  return writeTables(folder, caps, people, seed);
}

/** Regions for `mode` roi: `leftHippocampus` and `rightHippocampus`, boxes of one size. */
async function writeMasks(caps: string): Promise<void> {
  const template = "tpl-MNI152NLin2009cSym";
  for (const side of ["left", "right"] as const) {
    const name = `${template}_desc-Crop_res-1x1x1_roi-${side}Hippocampus_mask.nii.gz`;
    const mask = { shape: PHANTOM_SHAPE, data: hippocampusMask(side), affine: phantomAffine };
    await writeNifti(join(caps, "masks", template, name), mask);
  }
}

const session = (years: number) => `ses-M${String(12 * years).padStart(3, "0")}`;

async function writeScan(caps: string, person: DemoPerson, years: number, seed: number): Promise<void> {
  const { participantId } = person;
  const random = new RandomGenerator(deriveSeed(seed, "scan", participantId, years));
  const name = `${participantId}_${session(years)}_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz`;
  const file = join(caps, "subjects", participantId, session(years), "t1_linear", name);
  await writeNifti(file, scanPhantom(person.anatomyAt(years), random));
}

async function writeTables(
  folder: string,
  caps: string,
  people: readonly DemoPerson[],
  seed: number,
): Promise<DemoStudy> {
  const tsv = join(folder, "tsv");
  const outer = join(tsv, "split");
  const inner = join(outer, "split");
  const labels = join(tsv, "labels.tsv");
  const [test, others] = takeOut(people, 1 / 6, new RandomGenerator(deriveSeed(seed, "test")));
  const [validation, train] = takeOut(others, 1 / 3, new RandomGenerator(deriveSeed(seed, "validation")));

  const write = (file: string, rows: readonly Row[]) => writeAtomically(file, formatRecords(COLUMNS, rows));
  await write(labels, people.flatMap(rowsOf));
  await write(join(outer, "train.tsv"), others.flatMap(rowsOf));
  await write(join(outer, "train_baseline.tsv"), others.flatMap(firstRow));
  await write(join(outer, "test_baseline.tsv"), test.flatMap(firstRow));
  await write(join(inner, "train.tsv"), train.flatMap(rowsOf));
  await write(join(inner, "train_baseline.tsv"), train.flatMap(firstRow));
  await write(join(inner, "validation_baseline.tsv"), validation.flatMap(firstRow));
  return { caps, split: inner, labels, test: join(outer, "test_baseline.tsv") };
}

function rowsOf({ participantId, visits, age, sex, diagnosis }: DemoPerson): Row[] {
  return visits.map((years) => ({
    participant_id: participantId,
    session_id: session(years),
    age: (age + years).toFixed(1),
    sex,
    diagnosis,
  }));
}

const firstRow = (person: DemoPerson): Row[] => rowsOf(person).slice(0, 1);

/** Draws a share of each diagnosis; both lists keep the order of the participants. */
function takeOut(
  people: readonly DemoPerson[],
  part: number,
  random: RandomGenerator,
): [DemoPerson[], DemoPerson[]] {
  const taken = new Set(
    (["AD", "CN"] as const).flatMap((diagnosis) => {
      const group = people.filter((person) => person.diagnosis === diagnosis);
      return random.shuffled(group).slice(0, Math.round(part * group.length));
    }),
  );
  return [people.filter((person) => taken.has(person)), people.filter((person) => !taken.has(person))];
}
