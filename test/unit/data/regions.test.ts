import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readNifti } from "../../../src/data/nifti/nifti";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { cutPart, partName, regionSize } from "../../../src/data/parts/parts";
import { readRegions } from "../../../src/data/parts/regions";
import { type Preprocessing, preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { identityAffine } from "../../../src/space/affine";
import { temporaryFolder } from "../../support/folderOfFile";
import { problemsOf } from "../../support/problemsOf";
import { describeWithReference, reference } from "../../support/reference";
import { storeAs } from "../../support/storeAs";
import { tinySize } from "../../support/study";

const root = temporaryFolder();
const settings = (changes: Partial<Preprocessing>) => preprocessingSchema.parse({ mode: "roi", ...changes });
const [NX, NY, NZ] = tinySize;
const IMAGE = { shape: tinySize, affine: identityAffine };
const STORED = { orientation: "stored" } as const;
const voxels = Float32Array.from({ length: NX * NY * NZ }, (_, i) => i + 1);
const value = (x: number, y: number, z: number) => (x * NY + y) * NZ + z + 1;

type Voxel = readonly [number, number, number];

async function putMask(
  caps: string,
  name: string,
  inside: readonly Voxel[],
  { crop = "_desc-Crop", template = "MNI152NLin2009cSym", size = tinySize, ones = 1, extra = "" } = {},
): Promise<void> {
  const data = new Float32Array(size[0] * size[1] * size[2]);
  for (const [x, y, z] of inside) data[(x * size[1] + y) * size[2] + z] = ones;
  const folder = join(root, caps, "masks", `tpl-${template}`);
  await mkdir(folder, { recursive: true });
  const file = `tpl-${template}${crop}_res-1x1x1${extra}_roi-${name}_mask.nii.gz`;
  await writeNifti(join(folder, file), { shape: size, data });
}

const read = (caps: string, changes: Partial<Preprocessing>) =>
  readRegions(settings(changes), IMAGE, { place: join(root, caps) }, STORED);

describe("readRegions", () => {
  it("cuts the box of a mask and keeps only what the mask marks", async () => {
    await putMask("box", "corner", [
      [1, 2, 0],
      [2, 3, 1],
    ]);
    const regions = await read("box", { roi_list: ["corner"] });
    expect(regionSize(regions[0]!)).toEqual([2, 2, 2]);
    const cut = { mode: "roi", regions } as const;
    expect([...cutPart(voxels, tinySize, cut, 0)]).toEqual([
      value(1, 2, 0),
      0,
      0,
      0,
      0,
      0,
      0,
      value(2, 3, 1),
    ]);
    expect(partName(cut, 0)).toBe("corner");
  });

  it("drops the planes between two parts of a mask, as ClinicaDL does", async () => {
    await putMask("apart", "two", [
      [0, 0, 0],
      [5, 4, 3],
    ]);
    const [region] = await read("apart", { roi_list: ["two"] });
    expect(region?.planes).toEqual([
      [0, 5],
      [0, 4],
      [0, 3],
    ]);
  });

  it("keeps the size of the image with `uncropped_roi`", async () => {
    await putMask("whole", "one", [[3, 2, 1]]);
    const regions = await read("whole", { roi_list: ["one"], uncropped_roi: true });
    const values = cutPart(voxels, tinySize, { mode: "roi", regions }, 0);
    expect(values).toHaveLength(NX * NY * NZ);
    expect(values.reduce((sum, one) => sum + one, 0)).toBe(value(3, 2, 1));
  });

  it("turns a mask to canonical order with the images, and otherwise reads it as it is stored", async () => {
    await putMask("turned", "one", [[1, 0, 0]]);
    const file = "tpl-MNI152NLin2009cSym_desc-Crop_res-1x1x1_roi-one_mask.nii.gz";
    await storeAs(join(root, "turned", "masks", "tpl-MNI152NLin2009cSym", file), "LAS");
    const stored = await read("turned", { roi_list: ["one"] });
    expect(stored[0]).toMatchObject({ planes: [[NX - 2], [0], [0]], geometry: { orientation: "LAS" } });
    const asked = settings({ roi_list: ["one"] });
    const canonical = await readRegions(
      asked,
      IMAGE,
      { place: join(root, "turned") },
      { orientation: "canonical" },
    );
    expect(canonical[0]).toMatchObject({ planes: [[1], [0], [0]], geometry: { orientation: "RAS" } });
  });

  it("keeps the order of `roi_list`", async () => {
    await putMask("order", "b", [[0, 0, 0]]);
    await putMask("order", "a", [[1, 1, 1]]);
    const regions = await read("order", { roi_list: ["b", "a"] });
    expect(regions.map(({ name }) => name)).toEqual(["b", "a"]);
  });

  it("takes the mask of the crop for cropped images, the other for whole ones, the shortest of several names", async () => {
    await putMask("crops", "m", [[1, 0, 0]]);
    await putMask("crops", "m", [[2, 0, 0]], { crop: "" });
    await putMask("crops", "m", [[3, 0, 0]], { crop: "", extra: "_desc-Long" });
    const first = async (changes: Partial<Preprocessing>) =>
      (await read("crops", { roi_list: ["m"], ...changes }))[0]?.planes[0];
    expect(await first({})).toEqual([1]);
    expect(await first({ use_uncropped_image: true })).toEqual([2]);
  });

  it("finds the masks of custom images by template and pattern", async () => {
    await putMask("custom", "m", [[1, 0, 0]], { template: "Ixi549Space", crop: "" });
    const custom: Partial<Preprocessing> = { preprocessing: "custom", custom_suffix: "x", roi_list: ["m"] };
    const [region] = await read("custom", {
      ...custom,
      roi_custom_template: "Ixi549Space",
      roi_custom_mask_pattern: "res-1x1x1",
    });
    expect(region?.planes[0]).toEqual([1]);
    expect(await problemsOf(() => read("custom", custom))).toMatchObject([
      { where: "preprocessing_dict.roi_custom_template" },
    ]);
  });

  it("has the hippocampi of cropped t1-linear images built in", async () => {
    const regions = await readRegions(
      settings({}),
      { shape: [169, 208, 179], affine: identityAffine },
      { place: root },
      STORED,
    );
    expect(regions.map(({ name, planes }) => [name, ...planes.map(([first]) => first)])).toEqual([
      ["rightHippocampus", 84, 71, 43],
      ["leftHippocampus", 36, 71, 43],
    ]);
    expect(regionSize(regions[0]!)).toEqual([50, 50, 50]);
    expect(await problemsOf(() => read("box", {}))).toMatchObject([{ where: "preprocessing_dict.roi_list" }]);
  });

  it("refuses masks that are missing, of another size, not binary or empty, all at once", async () => {
    await putMask("bad", "small", [[0, 0, 0]], { size: [6, 5, 3] });
    await putMask("bad", "grey", [[0, 0, 0]], { ones: 0.5 });
    await putMask("bad", "empty", []);
    await writeFile(
      join(root, "bad/masks/tpl-MNI152NLin2009cSym/tpl-x_desc-Crop_res-1x1x1_roi-broken_mask.nii.gz"),
      "no",
    );
    const roi_list = ["absent", "small", "grey", "empty", "broken"];
    const messages = (await problemsOf(() => read("bad", { roi_list }))).map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringMatching(/^There is no mask of "absent"/),
      "The mask has 6x5x3 voxels, the images 6x5x4.",
      "The mask holds 0.5, not only 0 and 1.",
      "The mask is empty.",
      "This is not a NIfTI file.",
    ]);
  });

  it("refuses regions of unequal size", async () => {
    await putMask("unequal", "one", [[0, 0, 0]]);
    await putMask("unequal", "two", [
      [0, 0, 0],
      [1, 0, 0],
    ]);
    expect(await problemsOf(() => read("unequal", { roi_list: ["one", "two"] }))).toMatchObject([
      { message: "The regions differ in size: one 1x1x1, two 2x1x1." },
    ]);
    expect(await read("unequal", { roi_list: ["one", "two"], uncropped_roi: true })).toHaveLength(2);
  });
});

describeWithReference("the masks of a CAPS written for ClinicaDL", ["reference/caps/masks"], () => {
  it("cut the voxels that their masks mark", async () => {
    const caps = reference("reference/caps");
    const image = await readNifti(
      join(
        caps,
        "subjects/sub-001/ses-M000/t1_linear/sub-001_ses-M000_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz",
      ),
    );
    const roi_list = ["leftBlob", "rightBlob"];
    const regions = await readRegions(settings({ roi_list }), image.header, { place: caps }, STORED);
    for (const [i, name] of roi_list.entries()) {
      const mask = await readNifti(
        join(
          caps,
          `masks/tpl-MNI152NLin2009cSym/tpl-MNI152NLin2009cSym_desc-Crop_res-1x1x1_roi-${name}_mask.nii.gz`,
        ),
      );
      const marked = image.data.filter((_, voxel) => mask.data[voxel] === 1);
      const values = cutPart(image.data, image.header.shape, { mode: "roi", regions }, i);
      const [nx, ny, nz] = regionSize(regions[i]!);
      expect(values).toHaveLength(nx * ny * nz);
      expect(values.filter((one) => one !== 0)).toEqual(marked.filter((one) => one !== 0));
    }
  });
});
