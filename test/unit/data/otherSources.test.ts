import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSource } from "../../../src/data/sources/imageSources";
import type { Images } from "../../../src/experiment/schema/images";
import { imagesSchema } from "../../../src/experiment/schema/images";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";

const preprocessing = preprocessingSchema.parse({ preprocessing: "custom" });

function place(files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of files) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }
  return folder;
}

const open = (images: unknown) => openSource({ place: "", images: imagesSchema.parse(images) });
const find = async (images: Images, folder: string, participantId: string, sessionId = "ses-M000") =>
  (await open(images).find({ participantId, sessionId }, preprocessing)).map((file) =>
    file.slice(folder.length + 1).replaceAll("\\", "/"),
  );

const bids = (folder: string, entities: object = {}) => imagesSchema.parse({ bids: folder, ...entities });

describe("images of a BIDS folder", () => {
  it("are found with sessions and without", async () => {
    const names = [
      "sub-01/anat/sub-01_T1w.nii.gz",
      "sub-01/anat/sub-01_T1w.json",
      "sub-02/ses-1/anat/sub-02_ses-1_T1w.nii",
    ];
    const folder = place(names);
    expect(await find(bids(folder), folder, "sub-01")).toEqual([names[0]]);
    expect(await find(bids(folder), folder, "sub-02", "ses-1")).toEqual([names[2]]);
    expect(await find(bids(folder), folder, "sub-02")).toEqual([]);
    expect(await open(bids(folder)).sessions()).toEqual([
      { participantId: "sub-01", sessionId: "ses-M000" },
      { participantId: "sub-02", sessionId: "ses-1" },
    ]);
  });

  it("of a derivative are told apart by their entities", async () => {
    const name = (rest: string) => `sub-01/ses-1/anat/sub-01_ses-1_${rest}.nii.gz`;
    const native = name("desc-preproc_T1w");
    const template = name("space-MNI152NLin2009cAsym_res-2_desc-preproc_T1w");
    const folder = place([native, template, name("space-MNI152NLin2009cAsym_res-2_desc-brain_mask")]);
    const found = (entities: object) => find(bids(folder, entities), folder, "sub-01", "ses-1");
    expect(await found({})).toHaveLength(2);
    expect(await found({ space: "MNI152NLin2009cAsym" })).toEqual([template]);
    expect(await found({ space: null })).toEqual([native]);
    expect(await found({ res: 2 })).toEqual([template]);
    expect(await found({ res: "02" })).toEqual([template]);
    expect(await found({ desc: "smooth" })).toEqual([]);
    expect(await found({ suffix: "mask" })).toHaveLength(1);
    expect(open(bids(folder)).deciding([native, template])).toEqual({
      by: "entities",
      entities: ["space", "res"],
    });
  });

  it("that stand beside the sessions, as fMRIPrep keeps one anatomy of several, are of the only session", async () => {
    const names = [
      "sub-01/anat/sub-01_desc-preproc_T1w.nii.gz",
      "sub-01/ses-1/func/sub-01_ses-1_bold.nii.gz",
    ];
    const folder = place(names);
    expect(await open(bids(folder)).sessions()).toEqual([{ participantId: "sub-01", sessionId: "ses-M000" }]);
    expect(await find(bids(folder), folder, "sub-01")).toEqual([names[0]]);
  });

  it("of raw data have no space: the derivatives are named instead", async () => {
    const folder = place(["sub-01/anat/sub-01_T1w.nii.gz", "derivatives/fmriprep/sub-01/a"]);
    const told = async (json: object, entities: object) => {
      writeFileSync(join(folder, "dataset_description.json"), JSON.stringify(json));
      return await open(bids(folder, entities)).problems();
    };
    expect(await told({ DatasetType: "raw" }, { space: "MNI" })).toMatchObject([
      { code: "bids.raw", remedy: expect.stringContaining("(fmriprep)") },
    ]);
    expect(await told({ DatasetType: "raw" }, { space: null, run: 1 })).toEqual([]);
    expect(await told({ GeneratedBy: [] }, { space: "MNI" })).toEqual([]);
    expect(await told({}, { space: "MNI" })).toEqual([]);
  });

  it("are not looked for in another folder", async () => {
    const code = async (folder: string) => (await open({ bids: folder }).problems()).map((one) => one.code);
    expect(await code(place(["subjects/sub-01/a"]))).toEqual(["bids.is-caps"]);
    expect(await code(place(["study/sub-01/a"]))).toEqual(["bids.nobody"]);
    expect(await code(join(place([]), "nowhere"))).toEqual(["images.unreadable"]);
    const session = { participantId: "../..", sessionId: "ses-1" };
    expect(
      await problemsOf(() => open({ bids: place(["sub-01/a"]) }).find(session, preprocessing)),
    ).toMatchObject([{ code: "ids.no-name" }]);
  });
});

describe("images of a folder of files", () => {
  const pattern = "sub-{participant}_ses-{session}_T1w.nii*";

  it("are found by the ids in their names", async () => {
    const names = [
      "sub-01_ses-M000_T1w.nii.gz",
      "sub-01_ses-M000_T1w.nii",
      "sub-02_ses-M000_T1w.nii.gz",
      "notes.txt",
    ];
    const folder = place(names);
    const images = { folder, pattern };
    expect(await find(images, folder, "sub-02")).toEqual([names[2]]);
    expect(await find(images, folder, "sub-01")).toHaveLength(2);
    expect(await find(images, folder, "sub-03")).toEqual([]);
    expect(await open(images).sessions()).toHaveLength(2);
  });

  it("may stand in folders of their own", async () => {
    const names = ["P 1/mri/wP1.nii", "P2/mri/wP2.nii"];
    const folder = place(names);
    const images = { folder, pattern: "{participant}/mri/w*.nii" };
    expect(await find(images, folder, "P 1")).toEqual([names[0]]);
    expect(await open(images).sessions()).toEqual([
      { participantId: "P 1", sessionId: "ses-M000" },
      { participantId: "P2", sessionId: "ses-M000" },
    ]);
  });
});

describe("images of a table of paths", () => {
  const tableOf = (text: string) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "scans.csv"), text);
    return { folder, images: { table: join(folder, "scans.csv"), path_column: "scan" } };
  };

  it("stand where it says, from its folder or anywhere", async () => {
    const elsewhere = join(temporaryFolder(), "b.nii");
    const { folder, images } = tableOf(`participant_id;scan\nP1;a/P1.nii\nP2;"${elsewhere}"\nP3;\n`);
    const source = open(images);
    expect(await source.problems()).toEqual([]);
    const found = (participantId: string) =>
      source.find({ participantId, sessionId: "ses-M000" }, preprocessing);
    expect(await found("P1")).toEqual([join(folder, "a", "P1.nii")]);
    expect(await found("P2")).toEqual([elsewhere]);
    expect(await found("P3")).toEqual([]);
    expect(await source.sessions()).toHaveLength(2);
  });

  it("are several where several rows name one session", async () => {
    const { images } = tableOf("participant_id,session_id,scan\nP1,V1,a.nii\nP1,V1,b.nii\nP1,V2,c.nii\n");
    const source = open(images);
    expect(await source.find({ participantId: "P1", sessionId: "V1" }, preprocessing)).toHaveLength(2);
    expect(source.deciding([])).toEqual({ by: "rows" });
  });

  it("may call the columns of ids as a lab does", async () => {
    const { images } = tableOf("Subject;Visit;scan\nP1;V1;a.nii\n");
    expect(await open(images).sessions()).toEqual([{ participantId: "P1", sessionId: "V1" }]);
  });

  it("need the column of their paths", async () => {
    const { images } = tableOf("participant_id,path\nP1,a.nii\n");
    expect(await open(images).problems()).toMatchObject([{ code: "table.column-missing", key: "images" }]);
  });
});
