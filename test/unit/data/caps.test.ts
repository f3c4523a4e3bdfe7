import { mkdir, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { capsProblems, findImages, imagePattern, listSessions } from "../../../src/data/sources/caps";
import { type Preprocessing, preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { describeWithReference, reference } from "../../support/reference";

const folder = temporaryFolder();
const settings = (changes: Partial<Preprocessing>) => preprocessingSchema.parse(changes);
const session = { participantId: "sub-1", sessionId: "ses-M000" };

async function put(caps: string, path: string): Promise<void> {
  const file = join(folder, caps, "subjects/sub-1/ses-M000", path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "");
}

async function found(caps: string, preprocessing: Preprocessing): Promise<string[]> {
  const files = await findImages(join(folder, caps), session, imagePattern(preprocessing));
  return files.map((file) => basename(file));
}

describe("imagePattern", () => {
  it.each<[Partial<Preprocessing>, string]>([
    [{}, "*space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz"],
    [{ use_uncropped_image: true }, "*space-MNI152NLin2009cSym_res-1x1x1_T1w.nii.gz"],
    [{ preprocessing: "flair-linear" }, "*space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_flair.nii.gz"],
    [
      { preprocessing: "pet-linear", tracer: "18FFDG", suvr_reference_region: "pons" },
      "pet_linear/*_trc-18FFDG_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_suvr-pons_pet.nii.gz",
    ],
    [
      {
        preprocessing: "pet-linear",
        tracer: "18FAV45",
        suvr_reference_region: "cerebellumPons2",
        use_uncropped_image: true,
      },
      "pet_linear/*_trc-18FAV45_space-MNI152NLin2009cSym_res-1x1x1_suvr-cerebellumPons2_pet.nii.gz",
    ],
    [{ preprocessing: "custom", custom_suffix: "graymatter_T1w.nii.gz" }, "*graymatter_T1w.nii.gz"],
    [{ file_type: { pattern: "anat/*_T1w.nii*" } }, "anat/*_T1w.nii*"],
  ])("%j is %s", (changes, pattern) => {
    expect(imagePattern(settings(changes))).toBe(pattern);
  });

  it.each<[Partial<Preprocessing>, string]>([
    [{ preprocessing: "custom" }, "preprocessing_dict.custom_suffix"],
    [{ preprocessing: "pet-linear", suvr_reference_region: "pons" }, "preprocessing_dict.tracer"],
    [{ preprocessing: "pet-linear", tracer: "18FFDG" }, "preprocessing_dict.suvr_reference_region"],
  ])("%j needs %s", async (changes, where) => {
    expect(await problemsOf(() => imagePattern(settings(changes)))).toMatchObject([{ where }]);
  });
});

describe("findImages", () => {
  it("finds an image once, though links lead back to the folders that hold it", async () => {
    await put("circle", "t1_linear/sub-1_ses-M000_T1w.nii.gz");
    const session = join(folder, "circle/subjects/sub-1/ses-M000");
    await symlink(session, join(session, "t1_linear/back"));
    await symlink("..", join(session, "t1_linear/up"));
    expect(await found("circle", settings({ file_type: { pattern: "*T1w.nii.gz" } }))).toHaveLength(1);
  });

  it("finds a folder that has the name of the image, so that it can be told what it is", async () => {
    await put("dicom", "t1_linear/sub-1_ses-M000_T1w.nii.gz/IM0001.dcm");
    expect(await found("dicom", settings({ file_type: { pattern: "*T1w.nii.gz" } }))).toEqual([
      "sub-1_ses-M000_T1w.nii.gz",
    ]);
  });

  const crop = "sub-1_ses-M000_T1w_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz";
  const whole = "sub-1_ses-M000_T1w_space-MNI152NLin2009cSym_res-1x1x1_T1w.nii.gz";

  it("tells the cropped from the whole image", async () => {
    await put("both", `t1_linear/${crop}`);
    await put("both", `t1_linear/${whole}`);
    expect(await found("both", settings({}))).toEqual([crop]);
    expect(await found("both", settings({ use_uncropped_image: true }))).toEqual([whole]);
  });

  it("compares letters without case, at any depth, and passes over hidden files", async () => {
    await put("case", `deep/er/${crop.replace("Crop", "crop").replace("nii", "NII")}`);
    await put("case", `.hidden/${crop}`);
    await put("case", `t1_linear/.${crop}`);
    expect(await found("case", settings({}))).toHaveLength(1);
  });

  it("takes the highest run when files differ in their run alone", async () => {
    for (const run of ["run-1", "run-10", "run-02"]) {
      await put("runs", `t1_linear/${crop.replace("_T1w_space", `_${run}_T1w_space`)}`);
    }
    expect(await found("runs", settings({}))).toEqual([crop.replace("_T1w_space", "_run-10_T1w_space")]);
  });

  it("gives all the files when they differ in more", async () => {
    await put("two", `t1_linear/${crop}`);
    await put("two", `other/${crop}`);
    expect(await found("two", settings({}))).toEqual([crop, crop]);
  });

  it("wants the folder that a pattern names", async () => {
    const pet = "sub-1_ses-M000_trc-18FFDG_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_suvr-pons_pet.nii.gz";
    await put("pet", `pet_linear/${pet}`);
    await put("pet", `elsewhere/${pet}`);
    const preprocessing = settings({
      preprocessing: "pet-linear",
      tracer: "18FFDG",
      suvr_reference_region: "pons",
    });
    expect(await found("pet", preprocessing)).toEqual([pet]);
  });

  it("understands ?, [...] and takes other signs as they are", async () => {
    await put("signs", "a/sub-1_x(1)+y.nii.gz");
    expect(await found("signs", settings({ file_type: { pattern: "*_x(?)+[xy].nii.gz" } }))).toHaveLength(1);
    expect(await found("signs", settings({ file_type: { pattern: "*_x(?)+[!xy].nii.gz" } }))).toEqual([]);
    expect(await found("signs", settings({ file_type: { pattern: "*_x.1.+y.nii.gz" } }))).toEqual([]);
  });

  it("follows links", async () => {
    await put("target", `t1_linear/${crop}`);
    await mkdir(join(folder, "linked/subjects/sub-1"), { recursive: true });
    await symlink(
      join(folder, "target/subjects/sub-1/ses-M000"),
      join(folder, "linked/subjects/sub-1/ses-M000"),
    );
    expect(await found("linked", settings({}))).toEqual([crop]);
    expect(await listSessions(join(folder, "linked"))).toEqual([session]);
  });

  it("finds nothing where there is no session", async () => {
    expect(await findImages(join(folder, "both"), { ...session, sessionId: "ses-M006" }, "*")).toEqual([]);
  });
});

describe("capsProblems", () => {
  it("accepts a folder that holds subjects", async () => {
    expect(await capsProblems(join(folder, "both"))).toEqual([]);
  });

  it.each<[string, string[], RegExp]>([
    ["a BIDS", ["sub-1", "participants.tsv"], /BIDS/],
    ["something else", ["images"], /no `subjects`/],
  ])("refuses %s", async (name, folders, message) => {
    for (const child of folders) await mkdir(join(folder, name, child), { recursive: true });
    const [problem] = await capsProblems(join(folder, name));
    expect(problem?.message).toMatch(message);
  });

  it("refuses a folder that does not exist", async () => {
    expect((await capsProblems(join(folder, "nowhere")))[0]?.message).toMatch(/does not exist/);
  });
});

describeWithReference("a CAPS written for ClinicaDL", ["reference/caps"], () => {
  const caps = reference("reference/caps");

  it("lists participants and sessions in order", async () => {
    const sessions = await listSessions(caps);
    expect(sessions).toHaveLength(30);
    expect(sessions.slice(0, 3)).toEqual([
      { participantId: "sub-001", sessionId: "ses-M000" },
      { participantId: "sub-001", sessionId: "ses-M006" },
      { participantId: "sub-002", sessionId: "ses-M000" },
    ]);
  });

  it("has one t1-linear image a session, and pet-linear images of four participants", async () => {
    const count = async (pattern: string) =>
      (await Promise.all((await listSessions(caps)).map((found) => findImages(caps, found, pattern)))).map(
        (files) => files.length,
      );
    expect(await count(imagePattern(settings({})))).toEqual(Array(30).fill(1));
    const pet = settings({
      preprocessing: "pet-linear",
      tracer: "18FFDG",
      suvr_reference_region: "cerebellumPons2",
    });
    expect((await count(imagePattern(pet))).reduce((a, b) => a + b)).toBe(4);
  });
});
