import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { auditedPlan, auditedSurvey } from "../../../src/audit/auditPlan";
import { planGroup } from "../../../src/data/plan/groupPlan";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
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
