/** The phantoms of a CAPS put where the images of the world lie: each gives `images`, and the tables of its study. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { readNifti } from "../../src/data/nifti/nifti";
import { writeNifti } from "../../src/data/nifti/niftiWrite";
import type { Images } from "../../src/experiment/schema/images";
import { resample } from "../../src/space/resample";
import { gridUnder, type SpaceRule } from "../../src/space/spaceRule";
import { temporaryFolder } from "./folder";
import { writePhantomStudy } from "./phantomStudy";
import { storeAs } from "./storeAs";
import { imageFile, type Row, writeTable } from "./study";

export interface OtherStudy {
  /** Holds `split` and the table of the test group. */
  readonly folder: string;
  readonly images: Images;
  readonly test: string;
  /** Everybody, as a study has them before anybody made splits. */
  readonly people: string;
  /** The grid on which images must be read that are not stored alike. */
  readonly space?: SpaceRule;
}

/** @param put where in `folder` the image of a person goes, and what the tables say of the person */
async function moved(
  put: (row: Row, folder: string) => { readonly file: string; readonly row: Row },
  seed?: number,
) {
  const phantoms = await writePhantomStudy(temporaryFolder(), {
    test: 4,
    ...(seed !== undefined && { seed }),
  });
  const folder = temporaryFolder();
  const sets = [phantoms.train, phantoms.validation, phantoms.test].map((rows) =>
    rows.map((row) => {
      const { file, row: own } = put(row, folder);
      mkdirSync(dirname(file), { recursive: true });
      cpSync(imageFile(join(phantoms.folder, "caps"), row.participant_id ?? ""), file);
      return { file, row: own };
    }),
  );
  return { folder, sets };
}

type Moved = Awaited<ReturnType<typeof moved>>;

/** Of everybody, without sessions: of the phantoms each has one. */
const writePeople = ({ folder, sets }: Moved): string =>
  writeTable(join(folder, "participants.tsv"), sets.flatMap(rowsOf).map(withoutSession));

const rowsOf = (set: Moved["sets"][number] | undefined) => (set ?? []).map(({ row }) => row);

function writeSplit({ folder, sets: [train, validation, test] }: Moved): string {
  writeTable(join(folder, "split", "train.tsv"), rowsOf(train));
  writeTable(join(folder, "split", "validation_baseline.tsv"), rowsOf(validation));
  return writeTable(join(folder, "test.tsv"), rowsOf(test));
}

/** What fMRIPrep writes: each anatomy in two spaces, with masks and classes of tissue beside it. */
export async function fmriprepStudy(): Promise<OtherStudy> {
  const study = await moved((row, folder) => {
    const person = row.participant_id ?? "";
    const anat = join(folder, "derivatives", "fmriprep", person, "ses-1", "anat");
    mkdirSync(anat, { recursive: true });
    const start = `${person}_ses-1`;
    for (const other of ["desc-preproc_T1w", "space-MNI152NLin2009cAsym_res-2_desc-brain_mask"]) {
      writeFileSync(join(anat, `${start}_${other}.nii.gz`), "another image");
    }
    const file = join(anat, `${start}_space-MNI152NLin2009cAsym_res-2_desc-preproc_T1w.nii.gz`);
    return { file, row: { ...row, session_id: "ses-1" } };
  });
  const bids = join(study.folder, "derivatives", "fmriprep");
  const description = { Name: "fMRIPrep", BIDSVersion: "1.4.0", DatasetType: "derivative" };
  writeFileSync(join(bids, "dataset_description.json"), JSON.stringify(description));
  const images: Images = { bids, suffix: "T1w", space: "MNI152NLin2009cAsym" };
  return { folder: study.folder, images, test: writeSplit(study), people: writePeople(study) };
}

const withoutSession = ({ session_id: _, ...row }: Row): Row => row;

/** A raw BIDS of one visit: neither its folders nor the tables name a session. Of other people with another seed. */
export async function bidsWithoutSessions(seed?: number): Promise<OtherStudy> {
  const study = await moved((row, folder) => {
    const person = row.participant_id ?? "";
    const file = join(folder, "bids", person, "anat", `${person}_T1w.nii.gz`);
    return { file, row: withoutSession(row) };
  }, seed);
  const images: Images = { bids: join(study.folder, "bids"), suffix: "T1w" };
  return { folder: study.folder, images, test: writeSplit(study), people: writePeople(study) };
}

const asCsv = (rows: readonly Row[]) =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => `${cells.map((cell) => (cell.includes(";") ? `"${cell}"` : cell)).join(";")}\r\n`)
    .join("");

/** One folder of files and the tables of a spreadsheet that separates by semicolons, with commas in its ages. */
export async function folderWithCsv(seed?: number): Promise<OtherStudy> {
  const study = await moved((row, folder) => {
    const person = (row.participant_id ?? "").replace("sub-", "P");
    const file = join(folder, "scans", `${person}_T1.nii.gz`);
    const own = { ...withoutSession(row), participant_id: person, age: `${row.age},5`, note: "Größe; Alter" };
    return { file, row: own };
  }, seed);
  const { folder, sets } = study;
  const [train, validation, test] = sets.map((set) => `\uFEFF${asCsv(rowsOf(set))}`);
  mkdirSync(join(folder, "split"));
  writeFileSync(join(folder, "split", "train.csv"), train ?? "");
  writeFileSync(join(folder, "split", "validation_baseline.csv"), validation ?? "");
  writeFileSync(join(folder, "test.csv"), test ?? "");
  const images: Images = { folder: join(folder, "scans"), pattern: "{participant}_T1.nii*" };
  // As Excel saves "Unicode text" and a person makes semicolons of its tabs.
  const people = join(folder, "Kohorte.csv");
  writeFileSync(people, Buffer.from(`\uFEFF${asCsv(sets.flatMap(rowsOf))}`, "utf16le"));
  return { folder, images, test: join(folder, "test.csv"), people };
}

/** A table of paths, one half relative to it, the other absolute and elsewhere. */
export async function tableOfTwoDisks(): Promise<OtherStudy> {
  const other = temporaryFolder();
  let next = 0;
  const study = await moved((row, folder) => ({
    file: join(next++ % 2 === 0 ? join(folder, "scans") : other, `${next}.nii.gz`),
    row,
  }));
  const rows = study.sets.flat().map(({ file, row }) => ({
    participant_id: row.participant_id ?? "",
    session_id: row.session_id ?? "",
    scan: file.startsWith(other) ? file : relative(study.folder, file),
  }));
  const table = writeTable(join(study.folder, "scans.tsv"), rows);
  return {
    folder: study.folder,
    images: { table, path_column: "scan" },
    test: writeSplit(study),
    people: writePeople(study),
  };
}

/** Stores an image as another scanner would have: larger voxels, other axes. */
async function scanAgain(file: string): Promise<void> {
  const { header, data } = await readNifti(file);
  const target = gridUnder(header, { orientation: "stored", voxel_size: 2 });
  const stored = { grid: { shape: header.shape, affine: header.affine }, values: data };
  const { grid, values } = resample(stored, target, { interpolation: "linear", outside: 0 });
  await writeNifti(file, { shape: grid.shape, data: values, affine: grid.affine });
  await storeAs(file, "PSR");
}

/** A BIDS of two sites: a third of the people were scanned with voxels of 2 mm and axes PSR. */
export async function twoSites(): Promise<OtherStudy> {
  const isOther = (participant: string) => Number(participant.slice(-3)) % 3 === 0;
  const study = await moved((row, folder) => {
    const person = row.participant_id ?? "";
    const file = join(folder, "bids", person, "anat", `${person}_T1w.nii.gz`);
    return { file, row: { ...withoutSession(row), site: isOther(person) ? "Lyon" : "Paris" } };
  });
  for (const { file, row } of study.sets.flat()) {
    if (isOther(row.participant_id ?? "")) await scanAgain(file);
  }
  return {
    folder: study.folder,
    images: { bids: join(study.folder, "bids"), suffix: "T1w" },
    test: writeSplit(study),
    people: writePeople(study),
    space: { orientation: "canonical", voxel_size: 1, size: [12, 14, 10] },
  };
}
