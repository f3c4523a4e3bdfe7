import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { auditedPlan, auditedSurvey } from "../../../src/audit/auditPlan";
import { regionMasks } from "../../../src/audit/gather/regionMasks";
import { otherMasks } from "../../../src/audit/space/otherMasks";
import { readNifti } from "../../../src/data/nifti/nifti";
import { writeNifti } from "../../../src/data/nifti/niftiWrite";
import { readRegions } from "../../../src/data/parts/regions";
import { planGroup } from "../../../src/data/plan/groupPlan";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { identityAffine } from "../../../src/space/affine";
import { geometryOf } from "../../../src/space/geometry";
import { groupSpace } from "../../../src/training/results/groupSpace";
import { temporaryFolder } from "../../support/folder";
import { problemsOf } from "../../support/problemsOf";
import { storeAs } from "../../support/storeAs";
import { experimentOn, imageFile, person, writeCaps, writeImage, writeTable } from "../../support/study";

let folder: string;
const people = ["1", "2", "3", "4"].map((id, i) => person(`sub-${id}`, i % 2 ? "CN" : "AD"));
const maskOf = (region: string) =>
  join(
    folder,
    "caps/masks/tpl-MNI152NLin2009cSym",
    `tpl-MNI152NLin2009cSym_desc-Crop_res-1x1x1_roi-${region}_mask.nii.gz`,
  );

const experiment = (changes: object = {}) =>
  experimentOn(folder, {
    preprocessing_dict: preprocessingSchema.parse({ mode: "roi", roi_list: ["left", "right"] }),
    ...changes,
  });

beforeEach(async () => {
  folder = temporaryFolder();
  writeTable(join(folder, "split/train.tsv"), people.slice(0, 2));
  writeTable(join(folder, "split/validation_baseline.tsv"), people.slice(2));
  await writeCaps(join(folder, "caps"), people);
  await mkdir(join(maskOf("left"), ".."), { recursive: true });
  await writeImage(maskOf("left"), (voxel) => (voxel < 10 ? 1 : 0));
  await writeImage(maskOf("right"), (voxel) => (voxel >= 110 ? 1 : 0));
});

describe("region masks", () => {
  it("are not spoken of where they are stored as the images are", async () => {
    expect((await auditedSurvey(experiment())).problems).toEqual([]);
  });

  it("are refused in another orientation, which cuts other tissue", async () => {
    await storeAs(maskOf("left"), "LAS");
    const found = {
      code: "space.orientation-of-mask",
      message: expect.stringMatching(
        /^1 of 2 region masks is stored in another orientation \(LAS\) than 4 of 4 images \(RAS\): tpl-.*_roi-left_mask\.nii\.gz\. /,
      ),
    };
    expect(await problemsOf(() => auditedPlan(experiment()))).toMatchObject([
      { ...found, severity: "error" },
    ]);
    const { plan } = await auditedPlan(experiment(), new Set(["space"]));
    expect(plan.warnings).toMatchObject([{ ...found, severity: "warning" }]);
    const canonical = experiment({ space: { orientation: "canonical" } });
    expect((await auditedSurvey(canonical)).problems).toEqual([]);
  });

  it("are told of where they lie elsewhere in the world, on the same grid", async () => {
    const { header, data } = await readNifti(maskOf("right"));
    const moved = header.affine.map((row, axis) => (axis === 1 ? row.with(3, (row[3] ?? 0) + 12) : row));
    await writeNifti(maskOf("right"), { shape: header.shape, data, affine: moved });
    expect((await auditedSurvey(experiment())).problems).toMatchObject([
      {
        severity: "warning",
        code: "space.origin-of-mask",
        message: expect.stringMatching(
          /^1 of 2 region masks lies elsewhere than 4 of 4 images by what their headers say, by up to 12 mm: tpl-.*_roi-right_mask\.nii\.gz\. /,
        ),
      },
    ]);
    await writeNifti(maskOf("right"), {
      shape: header.shape,
      data,
      affine: header.affine.map((row) => row.with(3, (row[3] ?? 0) + 0.1)),
    });
    expect((await auditedSurvey(experiment())).problems).toEqual([]);
  });

  it("are refused where they differ from the images of a group to predict", async () => {
    await storeAs(maskOf("right"), "LAS");
    const plan = await planGroup({
      experiment: experiment({ label_code: { AD: 0, CN: 1 } }),
      caps: join(folder, "caps"),
      tsv: join(folder, "split/train.tsv"),
    });
    const found = await groupSpace({ maps: join(folder, "maps"), experiment: experiment() }, plan);
    expect(found.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "space.orientation-of-mask" },
    ]);
  });

  it("are warned of where only some images are stored otherwise", async () => {
    await storeAs(imageFile(join(folder, "caps"), "sub-2"), "LAS");
    const { problems } = await auditedSurvey(experiment());
    expect(problems).toMatchObject([
      { code: "space.orientation-mixed", severity: "warning" },
      {
        code: "space.orientation-of-mask",
        severity: "warning",
        message: expect.stringContaining("1 of 4 images (LAS)"),
      },
    ]);
  });
});

describe("the hippocampi that are built in", () => {
  const imageOf = (name: string, signs: readonly [number, number, number], size = 1) => {
    const affine = [
      [signs[0] * size, 0, 0, 0],
      [0, signs[1] * size, 0, 0],
      [0, 0, signs[2] * size, 0],
      [0, 0, 0, 1],
    ];
    const geometry = geometryOf(affine, [size, size, size]);
    return { name, person: name, geometry, grid: { shape: [169, 208, 179] as const, affine } };
  };
  const builtIn = async () =>
    regionMasks({
      mode: "roi",
      regions: await readRegions(
        preprocessingSchema.parse({ mode: "roi" }),
        { shape: [169, 208, 179], affine: identityAffine },
        { place: folder },
        {
          orientation: "stored",
        },
      ),
    });

  it("are nothing to speak of in RAS images of 1 mm, wherever their origin is", async () => {
    expect(otherMasks(await builtIn(), [imageOf("sub-1", [1, 1, 1])], "caps")).toEqual([]);
  });

  it("are refused in images that are stored otherwise, a warning where only some are", async () => {
    const left = imageOf("sub-1", [-1, 1, 1]);
    expect(otherMasks(await builtIn(), [left], "caps")).toMatchObject([
      {
        severity: "error",
        code: "space.orientation-of-hippocampi",
        message: expect.stringContaining("and 1 of 1 image is stored otherwise (LAS)."),
      },
    ]);
    const two = [left, imageOf("sub-2", [1, 1, 1])];
    expect(otherMasks(await builtIn(), two, "caps")).toMatchObject([{ severity: "warning" }]);
  });

  it("are refused in images with voxels of another size", async () => {
    expect(otherMasks(await builtIn(), [imageOf("sub-1", [1, 1, 1], 2)], "caps")).toMatchObject([
      {
        code: "space.voxel-size-of-hippocampi",
        message: expect.stringMatching(/^The built-in .* voxels of 1 x 1 x 1 mm, .*\(2 x 2 x 2 mm\)\.$/),
      },
    ]);
  });
});
