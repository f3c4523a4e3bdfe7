/** What is said where images that stand in no CAPS are missing, several, or of other people. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { planData, surveyData } from "../../../src/data/plan/experimentData";
import { type Images, imagesSchema } from "../../../src/experiment/schema/images";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, person, type Row, writeImage, writeTable } from "../../support/study";

const people = ["001", "002", "003", "004", "005", "006"].map((id, i) =>
  person(`sub-${id}`, i % 2 === 0 ? "AD" : "CN"),
);
let folder = "";
beforeEach(() => {
  folder = temporaryFolder();
});

async function write(images: readonly string[]): Promise<void> {
  for (const file of images) await writeImage(join(folder, "data", file));
}

/** What is said of a study of `rows` on such images. */
async function told(images: object, rows: readonly Row[] = people) {
  writeTable(join(folder, "split/train.tsv"), rows.slice(0, 4));
  writeTable(join(folder, "split/validation_baseline.tsv"), rows.slice(4));
  const asked: Images = imagesSchema.parse(images);
  const problems = await problemsOf(() => planData(experimentOn(folder, { images: asked })));
  return problems.map(({ code, message, remedy, key }) => ({ code, message, remedy, key }));
}

const ids = people.map(({ participant_id = "" }) => participant_id);
const anat = (id: string, rest: string) => `${id}/anat/${id}_${rest}.nii.gz`;

describe("images of a BIDS folder", () => {
  const bids = (more: object = {}) => ({ bids: join(folder, "data"), ...more });

  it("are all named where several match, with the entities that would decide", async () => {
    await write(ids.flatMap((id) => [anat(id, "T1w"), anat(id, "space-MNI_desc-preproc_T1w")]));
    const [first] = await told(bids());
    expect(first).toMatchObject({ code: "image.undecided", key: "images" });
    expect(first?.message).toMatch(/sub-001 ses-M000 has 2 images: .*sub-001_T1w.*, .*space-MNI/);
    expect(first?.remedy).toMatch(/by space, desc\./);
  });

  it("are told of once where no name fits, with names that are there", async () => {
    await write(ids.map((id) => anat(id, "T1w")));
    expect(await told(bids({ suffix: "FLAIR" }))).toMatchObject([
      {
        code: "images.none-there",
        message: expect.stringMatching(/None of 6 sessions .* "\*_FLAIR\.nii\*"/),
        remedy: expect.stringContaining("sub-001_T1w.nii.gz"),
      },
    ]);
  });

  it("of other people, or of ids that a spreadsheet has changed, are told of by both", async () => {
    await write(ids.map((id) => anat(id, "T1w")));
    const lost = people.map((row) => ({
      ...row,
      participant_id: `sub-${Number(row.participant_id?.slice(4))}`,
    }));
    expect(await told(bids(), lost)).toMatchObject([
      {
        code: "ids.not-in-images",
        message: expect.stringMatching(/sub-1 ses-M000 here, sub-001 ses-M000 there/),
      },
    ]);
    const others = people.map((row, i) => ({ ...row, participant_id: `P${i}` }));
    expect(await told(bids(), others)).toMatchObject([{ code: "ids.none-in-images" }]);
    const one = people.with(0, { ...people[0], participant_id: "sub-099" });
    expect(await told(bids(), one)).toMatchObject([{ code: "ids.no-image" }]);
  });

  it("with sessions are not those of a table without", async () => {
    await write(ids.map((id) => `${id}/ses-1/anat/${id}_ses-1_T1w.nii.gz`));
    const rows = people.map(({ session_id: _, ...row }): Row => row);
    expect(await told(bids(), rows)).toMatchObject([
      { code: "ids.none-in-images", message: expect.stringMatching(/sub-001 ses-M000 .*sub-001 ses-1/) },
    ]);
  });
});

describe("images of a table of paths", () => {
  it("are told of where a session has several rows, and where a file is gone", async () => {
    await write(ids.map((id) => `${id}.nii`));
    const rows = ids.map((id) => ({ participant_id: id, path: `data/${id}.nii` }));
    const table = join(folder, "scans.tsv");
    writeTable(table, [
      ...rows.with(1, { participant_id: "sub-002", path: "gone.nii" }),
      { ...rows[0], path: "data/b.nii" },
    ]);
    const problems = await told({ table });
    expect(problems).toMatchObject([
      { code: "image.rows", message: expect.stringMatching(/sub-001 ses-M000 has 2 images in .*scans\.tsv/) },
      { code: "file.missing", message: expect.stringMatching(/^sub-002 ses-M000: /) },
    ]);
  });
});

describe("images of a folder of files", () => {
  it("are planned in the order of the tables", async () => {
    await write(ids.map((id) => `${id}.nii`));
    writeTable(join(folder, "split/train.tsv"), people.slice(0, 4));
    writeTable(join(folder, "split/validation_baseline.tsv"), people.slice(4));
    const images = { folder: join(folder, "data"), pattern: "sub-{participant}.nii" };
    const { plan, problems } = await surveyData(experimentOn(folder, { images }));
    expect(problems).toEqual([]);
    expect(plan?.splits[0]?.train.map(({ file }) => file)).toEqual(
      ids.slice(0, 4).map((id) => join(folder, "data", `${id}.nii`)),
    );
  });
});

describe("images in other formats, in a folder without a CAPS", () => {
  /** The header of Analyze 7.5 or, with its magic, of NIfTI-1 in two files. */
  const header = (magic: string) => {
    const bytes = Buffer.alloc(348);
    bytes.writeInt32LE(348, 0);
    bytes.writeInt16LE(3, 40);
    bytes.write(magic, 344, "latin1");
    return bytes;
  };
  const mgh = () => {
    const bytes = Buffer.alloc(284);
    for (const at of [0, 4, 8, 12, 16]) bytes.writeInt32BE(1, at);
    return gzipSync(bytes);
  };
  const voxels = Buffer.alloc(400, 7);
  const give = (name: string, bytes: Buffer) => {
    const file = join(folder, "data", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  };

  const KINDS: readonly (readonly [string, Readonly<Record<string, Buffer>>, string, RegExp])[] = [
    [
      "pairs of Analyze",
      { ".hdr": header(""), ".img": voxels },
      "nifti.analyze",
      /Convert the scan again.*mri_convert --in_orientation LAS/,
    ],
    ["images of pairs alone", { ".img": voxels }, "nifti.pair-image", /Put its `\.hdr`/],
    ["MGZ", { ".mgz": mgh() }, "nifti.other-format", /mri_convert IN\.mgz/],
    ["bzip2", { ".nii.bz2": Buffer.from("BZh91AY&SY") }, "nifti.other-compression", /bzcat/],
  ];

  it.each(KINDS)(
    "%s are told as what they are, once for all people, with how to convert them",
    async (_, files, code, how) => {
      for (const id of ids) {
        for (const [ending, bytes] of Object.entries(files)) give(`${id}/anat/${id}_T1w${ending}`, bytes);
        give(`${id}/anat/${id}_T1w.json`, Buffer.from("{}"));
      }
      const data = join(folder, "data");
      for (const images of [
        { bids: data },
        { folder: data, pattern: "sub-{participant}/anat/*_T1w.nii.gz" },
      ]) {
        const problems = await told(images);
        expect(problems.map((one) => one.code)).toEqual([code]);
        expect(problems[0]?.message).toMatch(/^sub-001 ses-M000: /);
        expect(problems[0]?.remedy).toMatch(how);
        expect(problems[0]?.remedy).toMatch(/The same holds for 5 more/);
      }
    },
  );

  it("a `.nii` is told where `.nii.gz` was looked for, and both where either is meant", async () => {
    await write(ids.map((id) => `${id}.nii.gz`));
    const compressed = join(folder, "data", "sub-001.nii.gz");
    give("sub-001.nii", gunzipSync(readFileSync(compressed)));
    const data = join(folder, "data");
    expect(await told({ folder: data, pattern: "sub-{participant}.nii*" })).toMatchObject([
      { code: "image.ambiguous", message: expect.stringMatching(/^sub-001 ses-M000 has 2 images/) },
    ]);
    rmSync(compressed);
    expect(await told({ folder: data, pattern: "sub-{participant}.nii.gz" })).toMatchObject([
      { code: "image.other-ending", message: expect.stringMatching(/^sub-001 ses-M000: /) },
    ]);
  });

  it("what is no image by its ending is none", async () => {
    for (const id of ids) give(`${id}.txt`, voxels);
    const images = { folder: join(folder, "data"), pattern: "sub-{participant}*" };
    expect(await told(images)).toMatchObject([{ code: "images.none-there" }]);
  });
});
