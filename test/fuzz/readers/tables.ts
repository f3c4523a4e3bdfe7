/** Tables of people: sessions, labels, cohorts, splits. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readRows } from "../../../src/data/plan/rows";
import { readCohorts } from "../../../src/data/sources/cohorts";
import { openSource } from "../../../src/data/sources/imageSources";
import { keyProblems, readTable } from "../../../src/data/tables/table";
import { analyseLabels } from "../../../src/data/tsv/analysis";
import { GET_LABELS_DEFAULTS, getLabels } from "../../../src/data/tsv/getLabels";
import { KFOLD_DEFAULTS, kfoldTable } from "../../../src/data/tsv/kfold";
import { SPLIT_DEFAULTS, splitTable } from "../../../src/data/tsv/split";
import { readImagesFile } from "../../../src/experiment/file/imagesKey";
import type { Images } from "../../../src/experiment/schema/images";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import type { Reader } from "../reader";
import { jsonSeed, textSeed } from "../seeds";

const HEADER = "participant_id\tsession_id\tdiagnosis\tage\tsex\tMMS\tcdr_global";
const LINES = Array.from({ length: 24 }, (_, i) =>
  [
    `sub-${i >> 1}`,
    `ses-M00${6 * (i & 1)}`,
    i % 4 < 2 ? "AD" : "CN",
    60 + i,
    i % 3 ? "F" : "M",
    29,
    0.5,
  ].join("\t"),
);
const people = [HEADER, ...LINES, ""].join("\n");
const seeds = [
  textSeed(people),
  textSeed(people.replaceAll("\n", "\r\n")),
  { bytes: Buffer.from(`\ufeff${people}`, "utf16le") },
  textSeed(people.replaceAll("\t", ";").replaceAll("0.5", "0,5")),
  textSeed(people.replaceAll("\t", ",")),
  textSeed(`participant_id\tsession_id\tdiagnosis\nsub-1\tses-1\t"AD\nCN"\n`),
];

const columns = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`).join("\t");
const bombs = {
  "a wide header above many short rows": Buffer.from(`${columns(20_000)}\n${"x\n".repeat(10_000)}`),
  "one column named again and again": Buffer.from(`${"c\t".repeat(20_000)}c\n${"x\n".repeat(20_000)}`),
  "hundreds of thousands of empty lines": Buffer.from(`${HEADER}\n${"\n".repeat(300_000)}`),
  "a million cells in a line": Buffer.from(`${HEADER}\n${"\t".repeat(1_000_000)}`),
  "quotes without end": Buffer.from(`${HEADER}\n${'"\t'.repeat(300_000)}`),
  "the same row 20,000 times": Buffer.from(`${HEADER}\n${`${LINES[0]}\n`.repeat(20_000)}`),
};

/** What a source tells of its place, and of one session. */
async function lookUp(images: Images): Promise<void> {
  const source = openSource({ place: "", images });
  const problems = await source.problems();
  if (problems.length > 0) return;
  await source.sessions();
  await source.find({ participantId: "sub-1", sessionId: "ses-M000" }, preprocessingSchema.parse({}));
}

const REQUEST = { cohort: "single", place: "caps", diagnoses: ["AD", "CN"], label: "diagnosis" };

export const tableReaders: Readonly<Record<string, Reader>> = {
  table: {
    sources: ["src/data/tables/table.ts", "src/files/tsv.ts"],
    file: "train.tsv",
    seeds,
    bombs,
    read: async (file) => {
      keyProblems(await readTable(file));
      await readRows(file, REQUEST);
    },
  },
  "labels beside a table": {
    sources: [],
    file: "labels.tsv",
    seeds,
    prepare: (folder) =>
      writeFileSync(
        join(folder, "train.tsv"),
        "participant_id\tsession_id\nsub-1\tses-M000\nsub-2\tses-M000\n",
      ),
    read: async (_, folder) => await readRows(join(folder, "train.tsv"), REQUEST),
  },
  sessions: {
    sources: ["src/data/tsv/getLabels.ts"],
    file: "sessions.tsv",
    seeds,
    bombs,
    read: async (file, folder) => {
      const outputFolder = join(folder, "out");
      await getLabels({ ...GET_LABELS_DEFAULTS, source: file, outputFolder, overwrite: true });
      await analyseLabels(file, file);
    },
  },
  "rows to split": {
    sources: [],
    file: "sessions.tsv",
    seeds,
    read: async (file) => {
      await kfoldTable(file, { ...KFOLD_DEFAULTS, nSplits: 2 });
      await splitTable(file, { ...SPLIT_DEFAULTS, nTest: 2 });
    },
  },
  "paths of images": {
    sources: [],
    file: "scans.csv",
    seeds: [
      textSeed("participant_id;session_id;path\nsub-1;ses-M000;a/sub-1.nii\nsub-2;ses-M000;/b.nii\n"),
      ...seeds,
    ],
    bombs,
    read: async (file) => await lookUp({ table: file, path_column: "path" }),
  },
  "images of a cohort": {
    sources: ["src/experiment/file/imagesKey.ts"],
    file: "images.json",
    seeds: [
      jsonSeed({ bids: "bids", suffix: "T1w", space: "MNI", run: 1, desc: null }),
      jsonSeed({ table: "scans.csv", path_column: "path" }),
      jsonSeed({ folder: ".", pattern: "sub-{participant}_ses-{session}_*.nii*" }),
    ],
    bombs: {
      "a pattern of a hundred thousand stars": jsonSeed({
        folder: ".",
        pattern: `${"a*".repeat(100_000)}{participant}`,
      }).bytes,
    },
    prepare: (folder) => writeFileSync(join(folder, `${"a".repeat(200)}.nii`), ""),
    read: async (file) => await lookUp(await readImagesFile(file)),
  },
  "a BIDS that tells of itself": {
    sources: ["src/data/sources/bidsDescription.ts"],
    file: "dataset_description.json",
    seeds: [jsonSeed({ Name: "study", DatasetType: "raw", GeneratedBy: [{ Name: "fMRIPrep" }] })],
    prepare: (folder) => mkdirSync(join(folder, "sub-1"), { recursive: true }),
    read: async (_, folder) => await lookUp({ bids: folder, suffix: "T1w", space: "MNI" }),
  },
  cohorts: {
    sources: [],
    file: "cohorts.tsv",
    seeds: [textSeed("cohort\tpath\tdiagnoses\nADNI\tadni\tAD,CN\nAIBL\taibl\tCN\n")],
    read: async (file) =>
      await readCohorts({
        caps_directory: file,
        tsv_path: file,
        multi_cohort: true,
        diagnoses: ["AD", "CN"],
      }),
  },
};
