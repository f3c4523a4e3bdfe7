/** What is said where images that stand in no CAPS are missing, several, or of other people. */
import { join } from "node:path";
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
