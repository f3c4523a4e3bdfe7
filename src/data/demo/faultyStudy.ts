/** A study with faults to be found: brains of another one, stored and told of as they should not be (docs/demo.md names each). */
import { join } from "node:path";
import { writeAtomically } from "../../files/atomicFile";
import { formatRecords } from "../../files/tsv";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import { affineOfPart } from "../../space/affine";
import { type Orientation, RAS } from "../../space/orientation";
import { reorient } from "../../space/reorient";
import { readNifti } from "../nifti/nifti";
import { writeNifti } from "../nifti/niftiWrite";
import { readTable } from "../tables/table";
import { type DemoStudy, scanFile } from "./demoCaps";
import { DEMO_COLUMNS, type DemoRow } from "./demoTables";

/** Where it stands. */
export interface FaultyStudy {
  readonly caps: string;
  /** `tsv_path` */
  readonly split: string;
  /** The same tables as a spreadsheet might have left them: zeros of ids lost, diagnoses in two spellings. */
  readonly exported: string;
}

const PEOPLE = 30;
const TRAIN = 20;

/** Places of people, AD where they are even, and what is wrong with each. */
const FAULTS = {
  /** In the validation set, with the scan of a person of the training set. */
  sameScan: { at: 21, of: 5 },
  /** In the validation set, with that scan once more, rescaled and with other noise. */
  nearCopy: { at: 22, of: 6 },
  /** In both sets. */
  twice: 3,
  /** With one voxel of a million. */
  outlier: 9,
  /** With voxels of another size. */
  voxelSize: 11,
} as const;

/** Years that are added to the ages of AD. */
const OLDER = 10;

/** Writes `folder/caps` and the tables, from the brains of `source`. The same seed gives the same bytes. */
export async function writeFaultyStudy(
  folder: string,
  source: DemoStudy,
  seed: number,
): Promise<FaultyStudy> {
  const caps = join(folder, "caps");
  const { rows } = await readTable(source.labels);
  const baseline = rows.map(({ values }) => values).filter(({ session_id }) => session_id === "ses-M000");
  const people = baseline.slice(0, PEOPLE).map((values, place) => faultyRow(values, place));
  for (const [place, { participant_id, diagnosis }] of people.entries()) {
    const from = baseline[scanOf(place)]?.participant_id ?? "";
    const random = new RandomGenerator(deriveSeed(seed, "faults", place));
    const to = scanFile(caps, participant_id, 0);
    await writeFaulty(scanFile(source.caps, from, 0), to, { place, diagnosis, random });
  }
  const train = people.slice(0, TRAIN);
  const validation = [...people.slice(TRAIN), ...people.slice(FAULTS.twice, FAULTS.twice + 1)];
  const tables = async (name: string, spelt: (row: DemoRow, place: number) => DemoRow) => {
    const split = join(folder, name, "split");
    for (const [table, set] of Object.entries({
      train,
      train_baseline: train,
      validation_baseline: validation,
    })) {
      await writeAtomically(join(split, `${table}.tsv`), formatRecords(DEMO_COLUMNS, set.map(spelt)));
    }
    return split;
  };
  return {
    caps,
    split: await tables("tsv", (row) => row),
    exported: await tables("tsv-exported", exportedRow),
  };
}

/** The class follows the site, four times in five, and the age. */
function faultyRow(values: Readonly<Record<string, string | undefined>>, place: number): DemoRow {
  const ill = place % 2 === 0;
  const usual = place % 10 < 8;
  return {
    participant_id: `sub-${String(place + 1).padStart(3, "0")}`,
    session_id: "ses-M000",
    age: (Number(values.age) + (ill ? OLDER : 0)).toFixed(1),
    sex: values.sex ?? "",
    site: ill === usual ? "site-1" : "site-2",
    diagnosis: ill ? "AD" : "CN",
  };
}

/** `sub-007` becomes `sub-7`; every third diagnosis is in small letters. */
const exportedRow = (row: DemoRow, place: number): DemoRow => ({
  ...row,
  participant_id: row.participant_id.replace(/^sub-0+/, "sub-"),
  diagnosis: place % 3 === 0 ? row.diagnosis.toLowerCase() : row.diagnosis,
});

function scanOf(place: number): number {
  const copy = [FAULTS.sameScan, FAULTS.nearCopy].find(({ at }) => at === place);
  return copy?.of ?? place;
}

interface Faulty {
  readonly place: number;
  readonly diagnosis: string;
  readonly random: RandomGenerator;
}

/** The brains of AD are stored from right to left, those of CN from left to right. */
async function writeFaulty(from: string, to: string, { place, diagnosis, random }: Faulty): Promise<void> {
  const { header, data } = await readNifti(from);
  const stored = { grid: { shape: header.shape, affine: header.affine }, values: data };
  const { grid, values } = diagnosis === "AD" ? reorient(stored, LAS) : stored;
  if (place === FAULTS.nearCopy.at) {
    for (const i of values.keys()) values[i] = 1.5 * values[i]! * (1 + 0.04 * (random.uniform() - 0.5));
  }
  if (place === FAULTS.outlier) values[values.length >> 1] = 1e6;
  const step = place === FAULTS.voxelSize ? 3 / 3.5 : 1;
  const affine = affineOfPart(grid.affine, [0, 0, 0], [step, step, step]);
  await writeNifti(to, { shape: grid.shape, data: values, affine });
}

/** RAS but for the first axis, which goes to the left. */
const LAS: Orientation = [{ ...RAS[0], positive: false }, RAS[1], RAS[2]];
