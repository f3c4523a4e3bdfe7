/** Small studies as people have them, with one thing that is wrong: what the tests of `test/cases` are about. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import { RandomGenerator } from "../../src/network/weights/random";
import type { ReplyProblem } from "../../src/run/commandReply";
import type { ExitCode } from "../../src/run/exitCodes";
import type { Affine } from "../../src/space/affine";
import { temporaryFolder } from "./folder";
import { gyrus } from "./memoryTerminal";
import { tinyArchitecture } from "./phantomStudy";
import { imageFile, person, type Row, writeTable } from "./study";

/** How the image of the person number `index` is stored. */
export interface Storage {
  /** Signed millimetres along x, y, z: a negative x is L. */
  readonly voxel?: readonly [number, number, number];
}

export interface CaseStudy {
  readonly folder: string;
  readonly experiment: string;
  readonly maps: string;
  /** In the order of the tables. */
  readonly rows: readonly Row[];
  readonly image: (index: number) => string;
}

export interface CaseOptions {
  readonly people?: number;
  readonly diagnosis?: (index: number) => string;
  readonly storage?: (index: number) => Storage;
  /** As the tables name the person whose folder is `sub-001`. */
  readonly idInTables?: (id: string) => string;
  readonly keys?: Readonly<Record<string, unknown>>;
}

const SHAPE = [12, 14, 13] as const;

/** People with an image each, AD and CN in turn, of whom the last third validates. */
export async function writeCase(options: CaseOptions = {}): Promise<CaseStudy> {
  const { people = 9, storage = () => ({}), idInTables = (id) => id, keys = {} } = options;
  const { diagnosis = (index) => (index % 2 === 0 ? "AD" : "CN") } = options;
  const folder = temporaryFolder();
  const caps = join(folder, "caps");
  const ids = Array.from({ length: people }, (_, index) => `sub-${String(index + 1).padStart(3, "0")}`);
  const image = (index: number) => imageFile(caps, ids[index]!);
  for (const index of ids.keys()) await writeBrain(image(index), index, storage(index));
  const rows = ids.map((id, index) =>
    person(idInTables(id), diagnosis(index), { age: String(60 + index), sex: index % 4 < 2 ? "M" : "F" }),
  );
  const train = rows.slice(0, Math.ceil((2 * people) / 3));
  writeTable(join(folder, "split/train.tsv"), train);
  writeTable(join(folder, "split/train_baseline.tsv"), train);
  writeTable(join(folder, "split/validation_baseline.tsv"), rows.slice(train.length));
  const experiment = join(folder, "case.experiment.json");
  const asked = {
    caps_directory: "caps",
    tsv_path: "split",
    architecture: tinyArchitecture,
    diagnoses: ["AD", "CN"],
    batch_size: 2,
    epochs: 1,
    n_proc: 0,
    engine: "onnx",
    threads: 1,
    ...keys,
  };
  writeFileSync(experiment, JSON.stringify(asked));
  return { folder, experiment, maps: join(folder, "maps"), rows, image };
}

/** Noise, which no other person has. */
async function writeBrain(file: string, index: number, { voxel = [1, 1, 1] }: Storage): Promise<void> {
  const random = new RandomGenerator(100 + index);
  const data = Float32Array.from({ length: SHAPE[0] * SHAPE[1] * SHAPE[2] }, () => 1000 * random.uniform());
  const affine: Affine = [
    [voxel[0], 0, 0, 0],
    [0, voxel[1], 0, 0],
    [0, 0, voxel[2], 0],
    [0, 0, 0, 1],
  ];
  await writeNifti(file, { shape: SHAPE, data, affine });
}

/** A BIDS folder with an image for each row, at a session of this name or at none. */
export async function writeBids(rows: readonly Row[], session: string | null = "ses-M000"): Promise<string> {
  const bids = join(temporaryFolder(), "bids");
  mkdirSync(bids, { recursive: true });
  writeFileSync(
    join(bids, "dataset_description.json"),
    JSON.stringify({ Name: "case", BIDSVersion: "1.8.0" }),
  );
  writeTable(join(bids, "participants.tsv"), rows);
  for (const [index, { participant_id = "" }] of rows.entries()) {
    const id = participant_id.startsWith("sub-") ? participant_id : `sub-${participant_id}`;
    const name = [id, ...(session === null ? [] : [session]), "T1w.nii.gz"].join("_");
    await writeBrain(join(bids, id, session ?? "", "anat", name), index, {});
  }
  return bids;
}

/** People of a BIDS table, AD and CN in turn. */
export const bidsRows = (count: number, other: (index: number) => Row = () => ({})): Row[] =>
  Array.from({ length: count }, (_, index) => ({
    participant_id: `sub-${String(index + 1).padStart(3, "0")}`,
    age: String(60 + index),
    sex: index % 4 < 2 ? "M" : "F",
    diagnosis: index % 2 === 0 ? "AD" : "CN",
    ...other(index),
  }));

export interface Answer {
  readonly exit: ExitCode;
  /** What it said, problems or warnings. */
  readonly problems: readonly ReplyProblem[];
  readonly result: ReturnType<typeof JSON.parse>;
  /** stderr */
  readonly said: string;
}

/** Runs a command with `--json`. */
export async function ask(...words: string[]): Promise<Answer> {
  const { exit, printed, said } = await gyrus(...words, "--json");
  const reply = JSON.parse(printed);
  const { result = null } = reply;
  return { exit, problems: reply.problems ?? result.warnings, result, said };
}

/** The problem of this code; throws, with all that there are, where there is none. */
export function findingOf({ problems }: Answer, code: string): ReplyProblem {
  const found = problems.find((problem) => problem.code === code);
  if (found === undefined) throw new Error(`There is no ${code}: ${JSON.stringify(problems, null, 1)}`);
  return found;
}
