import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it } from "vitest";
import { planData } from "../../../src/data/plan/experimentData";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { experimentOn, imageFile, person, type Row, writeCaps, writeTable } from "../../support/study";

const root = temporaryFolder();
let folder = root;
let study = 0;
const ids = ["001", "002", "003", "004", "005", "006"];
const people = ids.map((id, i) => person(`sub-${id}`, i % 2 === 0 ? "AD" : "CN"));

beforeEach(async () => {
  folder = join(root, `study-${study++}`);
  await writeCaps(join(folder, "caps"), people);
});

/** What is said of tables whose ids are changed. */
async function told(change: (row: Row, i: number) => Row) {
  const rows = people.map(change);
  writeTable(join(folder, "split/train.tsv"), rows.slice(0, 4));
  writeTable(join(folder, "split/validation_baseline.tsv"), rows.slice(4));
  const problems = await problemsOf(() => planData(experimentOn(folder)));
  return problems.map(({ code, message, remedy }) => ({ code, message, remedy }));
}

describe("05-id-zeros-lost and its kind: ids of the tables that do not meet the folders of the CAPS", () => {
  it.each<[string, (row: Row) => Row, string, string]>([
    [
      "zeros lost",
      (row) => ({ ...row, participant_id: `sub-${Number(row.participant_id?.slice(4))}` }),
      "sub-1 ses-M000",
      "leading zeros",
    ],
    [
      "prefix lost",
      (row) => ({ ...row, participant_id: row.participant_id?.slice(4) ?? "" }),
      "001 ses-M000",
      "the prefix",
    ],
    [
      "case",
      (row) => ({ ...row, participant_id: row.participant_id?.toUpperCase() ?? "" }),
      "SUB-001 ses-M000",
      "upper and lower case",
    ],
    [
      "sessions of an older Clinica",
      (row) => ({ ...row, session_id: "ses-M00" }),
      "sub-001 ses-M00",
      "leading zeros",
    ],
    ["sessions without prefix", (row) => ({ ...row, session_id: "M000" }), "sub-001 M000", "the prefix"],
    [
      "numbers of a spreadsheet",
      (row) => ({ ...row, participant_id: `${Number(row.participant_id?.slice(4))}.0` }),
      "1.0 ses-M000",
      "the prefix (`sub-`, `ses-`), leading zeros",
    ],
  ])("%s", async (_name, change, here, difference) => {
    const problems = await told(change);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toBe("ids.not-in-caps");
    expect(problems[0]?.message).toContain(
      "The ids of 6 of 6 sessions of the tables do not meet the folders",
    );
    expect(problems[0]?.message).toContain(
      `the table says ${here}, the folder is sub-001 ses-M000. They differ in ${difference}`,
    );
    expect(problems[0]?.remedy).not.toMatch(/pipeline|preprocessing/);
  });

  it("tells one line for each cause, and nothing of the pipeline", async () => {
    const problems = await told((row, i) =>
      i < 3 ? { ...row, participant_id: `sub-${i + 1}` } : i < 5 ? { ...row, session_id: "M000" } : row,
    );
    expect(problems.map(({ code }) => code)).toEqual(["ids.not-in-caps", "ids.not-in-caps"]);
    expect(problems.map(({ message }) => /ids of (\d)/.exec(message)?.[1])).toEqual(["3", "2"]);
  });

  it("shows one of each where they have nothing in common", async () => {
    const problems = await told((row, i) => ({ ...row, participant_id: `sub-OASIS${i}x` }));
    expect(problems).toMatchObject([{ code: "ids.none-in-caps" }]);
    expect(problems[0]?.message).toMatch(
      /The table says sub-OASIS0x ses-M000 for instance, a folder is sub-001 ses-M000\./,
    );
  });

  it("tells who has no folder in one line with a count", async () => {
    const problems = await told((row, i) => (i < 2 ? { ...row, participant_id: `sub-X${i}` } : row));
    expect(problems).toEqual([
      {
        code: "ids.no-folder",
        message: `2 of 6 sessions of the tables have no folder in ${join(folder, "caps")} (sub-X0 ses-M000, sub-X1 ses-M000).`,
        remedy: "Run Clinica's t1-linear on them, or remove their rows.",
      },
    ]);
  });
});

describe("many images with one fault", () => {
  it("are one line with a count and a few names", async () => {
    for (const id of ids.slice(0, 3)) await rm(imageFile(join(folder, "caps"), `sub-${id}`));
    const problems = await told((row) => row);
    expect(problems).toMatchObject([{ code: "image.missing" }]);
    expect(problems[0]?.message).toMatch(/^sub-001 ses-M000 has no image/);
    expect(problems[0]?.remedy).toMatch(
      /The same holds for 2 more \(sub-002 ses-M000, sub-003 ses-M000\)\.$/,
    );
  });

  it("a folder in place of an image is told as one", async () => {
    const file = imageFile(join(folder, "caps"), "sub-002");
    await rm(file);
    mkdirSync(file);
    expect(await told((row) => row)).toMatchObject([
      { code: "file.is-folder", message: expect.stringMatching(/^sub-002 ses-M000: This is a folder/) },
    ]);
  });
});

describe("an image in another format, where the image should be", () => {
  /** The ending of every image becomes `ending`, and its content what `make` makes of it. */
  async function endings(ending: string, make: (bytes: Buffer) => Buffer) {
    for (const id of ids) {
      const file = imageFile(join(folder, "caps"), `sub-${id}`);
      const bytes = make(readFileSync(file));
      await rm(file);
      writeFileSync(file.replace(/\.nii\.gz$/, ".json"), "{}");
      writeFileSync(file.replace(/\.nii\.gz$/, ending), bytes);
    }
    return await told((row) => row);
  }
  const mgh = () => {
    const header = Buffer.alloc(284);
    for (const at of [0, 4, 8, 12, 16]) header.writeInt32BE(1, at);
    return gzipSync(header);
  };
  const analyze = () => {
    const header = Buffer.alloc(348);
    header.writeInt32LE(348, 0);
    header.writeInt16LE(3, 40);
    return header;
  };

  it.each<[string, (bytes: Buffer) => Buffer, string]>([
    [".mgz", mgh, "nifti.other-format"],
    [".nii.bz2", () => Buffer.from("BZh91AY&SY"), "nifti.other-compression"],
    [".hdr", analyze, "nifti.analyze"],
    [".img", () => Buffer.alloc(400, 7), "nifti.pair-image"],
    [".nii", (bytes) => gunzipSync(bytes), "image.other-ending"],
  ])(
    "%s is told as what it is, once for all people, not as a pipeline that did not run",
    async (ending, make, code) => {
      const problems = await endings(ending, make);
      expect(problems.map((one) => one.code)).toEqual([code]);
      expect(problems[0]?.message).toMatch(/^sub-001 ses-M000: /);
      expect(problems[0]?.remedy).toMatch(/The same holds for 5 more \(sub-002 ses-M000/);
      expect(problems[0]?.remedy).not.toMatch(/t1-linear|preprocessing/);
    },
  );

  it("a sidecar alone is no image", async () => {
    const file = imageFile(join(folder, "caps"), "sub-002");
    await rm(file);
    writeFileSync(file.replace(/\.nii\.gz$/, ".json"), "{}");
    expect(await told((row) => row)).toMatchObject([{ code: "image.missing" }]);
  });
});
