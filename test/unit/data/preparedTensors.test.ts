import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { openDataset, openReader } from "../../../src/data/batches/volumeDataset";
import type { Cut } from "../../../src/data/parts/parts";
import { planData } from "../../../src/data/plan/experimentData";
import { checkImages } from "../../../src/data/sources/checkImages";
import { partTensorFile } from "../../../src/data/sources/preparedTensors";
import { type Preprocessing, preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { loadTensor, saveTensor } from "../../../src/maps/weights/tensorFile";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { storeAs } from "../../support/storeAs";
import { experimentOn, imageFile, person, writeCaps, writeTable } from "../../support/study";

const folder = temporaryFolder();
const settings = (changes: Partial<Preprocessing>) => preprocessingSchema.parse(changes);

describe("partTensorFile", () => {
  const image = {
    place: "caps",
    participantId: "sub-1",
    sessionId: "ses-M000",
    file: "caps/x/sub-1_ses-M000_T1w_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz",
  };
  const prefix = "sub-1_ses-M000_T1w_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1";
  const name = (changes: Partial<Preprocessing>, cut: Cut, index: number) => {
    const start = join("caps", "subjects", "sub-1", "ses-M000", "deeplearning_prepare_data");
    return relative(start, partTensorFile(image, settings(changes), cut, index))
      .split(sep)
      .join("/");
  };
  const region = (maskFile: string): Cut => ({
    mode: "roi",
    regions: [{ name: "boxA", planes: [[0], [0], [0]], maskFile }],
  });

  it("names patches and slices as prepare-data does", () => {
    const patch: Cut = { mode: "patch", size: 50, stride: 40, counts: [2, 2, 2] };
    expect(name({}, patch, 3)).toBe(`patch_based/t1_linear/${prefix}_patchsize-50_stride-40_patch-3_T1w.pt`);
    const slice: Cut = { mode: "slice", direction: 2, channels: 3, first: 10, count: 5 };
    expect(name({}, slice, 1)).toBe(`slice_based/t1_linear/${prefix}_axis-axi_channel-rgb_slice-11_T1w.pt`);
  });

  it("names regions after their mask", () => {
    const cropped = region("tpl-MNI152NLin2009cSym_desc-Crop_res-1x1x1_roi-boxA_mask.nii.gz");
    const whole = region("tpl-MNI152NLin2009cSym_res-1x1x1_roi-boxA_mask.nii.gz");
    const start = "roi_based/t1_linear/sub-1_ses-M000_T1w_space-MNI152NLin2009cSym";
    expect(name({}, cropped, 0)).toBe(`${start}_desc-CropRoi_res-1x1x1_roi-boxA_T1w.pt`);
    expect(name({}, whole, 0)).toBe(`${start}_desc-CropRoi_res-1x1x1_roi-boxA_T1w.pt`);
    expect(name({ uncropped_roi: true }, cropped, 0)).toBe(
      `${start}_desc-CropImage_res-1x1x1_roi-boxA_T1w.pt`,
    );
    expect(name({ uncropped_roi: true }, whole, 0)).toBe(`${start}_res-1x1x1_roi-boxA_T1w.pt`);
  });
});

describe("an experiment on tensors that prepare-data saved", () => {
  const people = [person("sub-1", "AD"), person("sub-2", "CN"), person("sub-3", "AD")];
  const preprocessing = settings({ mode: "patch", patch_size: 4, stride_size: 1, prepare_dl: true });
  const experiment = experimentOn(folder, { preprocessing_dict: preprocessing });
  const caps = join(folder, "caps");
  const cut: Cut = { mode: "patch", size: 4, stride: 1, counts: [3, 2, 1] };
  const tensorOf = (participantId: string, part: number) => {
    const image = { place: caps, participantId, sessionId: "ses-M000", file: imageFile(caps, participantId) };
    return partTensorFile(image, preprocessing, cut, part);
  };
  const save = async (participantId: string, part: number, shape = [1, 4, 4, 4]) => {
    const file = tensorOf(participantId, part);
    await mkdir(dirname(file), { recursive: true });
    const length = shape.reduce((product, size) => product * size, 1);
    const data = Float32Array.from({ length }, (_, i) => part * 100 + i);
    await saveTensor(file, { dtype: "float32", shape, data });
  };

  it("wants them all before it starts, and reads them instead of the image", async () => {
    await writeCaps(caps, people);
    writeTable(join(folder, "split/train.tsv"), people.slice(0, 2));
    writeTable(join(folder, "split/validation_baseline.tsv"), people.slice(2));
    for (const { participant_id = "" } of people.slice(0, 2)) {
      for (let part = 0; part < 6; part++) await save(participant_id, part);
    }
    await save("sub-3", 0);
    const errors = (await problemsOf(() => planData(experiment))).filter(
      ({ severity }) => severity === "error",
    );
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^sub-3 ses-M000: 5 of 6 tensors are missing, sub-3_.*_patch-1_T1w.pt/),
    ]);

    for (let part = 1; part < 6; part++) await save("sub-3", part);
    const plan = await planData(experiment);
    const reader = openReader(plan, { workers: 2, readTensor: loadTensor });
    await checkImages(plan, reader);
    const dataset = openDataset(plan, plan.splits[0]!.train, reader);
    const batch = await dataset.read([7, 5]);
    expect([batch[0], batch[64]]).toEqual([100, 500]);

    // It stays in memory, as it was saved: what becomes of an input does not touch it.
    await rm(tensorOf("sub-2", 1));
    batch.fill(-1);
    expect((await dataset.read([7]))[0]).toBe(100);
    const forgetful = openReader(plan, { workers: 0, cacheBytes: 0, readTensor: loadTensor });
    const anew = openDataset(plan, plan.splits[0]!.train, forgetful);
    expect((await problemsOf(() => anew.read([7])))[0]?.file).toBe(tensorOf("sub-2", 1));
    await save("sub-2", 1);

    // A tensor does not say where its axes point: as long as the images are canonical, there is nothing to turn.
    const canonical = { ...experiment, space: { orientation: "canonical" as const } };
    expect((await planData(canonical)).tensors).not.toBeNull();
    await storeAs(imageFile(caps, "sub-2"), "LAS");
    expect(await problemsOf(() => planData(canonical))).toContainEqual(
      expect.objectContaining({
        code: "tensors.orientation",
        message: expect.stringMatching(/^The tensors of 1 of 3 images \(LAS, sub-2 ses-M000 for instance\)/),
      }),
    );

    await save("sub-1", 2, [1, 4, 4, 3]);
    await writeFile(tensorOf("sub-1", 3), "not a tensor");
    expect(await problemsOf(() => dataset.read([2]))).toMatchObject([
      {
        file: tensorOf("sub-1", 2),
        message: expect.stringMatching(/^sub-1 ses-M000: .*1x4x4x3, not float32 1x4x4x4/),
      },
    ]);
    expect((await problemsOf(() => dataset.read([3])))[0]?.message).toMatch(/^sub-1 ses-M000: /);
    await reader.close();
  });
});
