import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type DemoStudy, writeDemo } from "../../../src/data/demo/demoCaps";
import { readNifti } from "../../../src/data/nifti/nifti";
import { cutPart, regionSize } from "../../../src/data/parts/parts";
import { readRegions } from "../../../src/data/parts/regions";
import { type DataPlan, planData } from "../../../src/data/plan/experimentData";
import { listSessions } from "../../../src/data/sources/caps";
import { readTable } from "../../../src/data/tables/table";
import { preprocessingSchema } from "../../../src/experiment/schema/preprocessing";
import { identityAffine } from "../../../src/space/affine";
import { temporaryFolder } from "../../support/folderOfFile";
import { experimentOn } from "../../support/study";

const folder = temporaryFolder();
let study: DemoStudy;
let plan: DataPlan;

beforeAll(async () => {
  study = await writeDemo(join(folder, "demo"), { seed: 0, participants: 24 });
  plan = await planData(experimentOn(folder, { caps_directory: study.caps, tsv_path: study.split }));
});

describe("the demo study", () => {
  it("is a study that can be trained on", () => {
    expect(plan).toMatchObject({ inputSize: [1, 48, 56, 48], labelCode: { AD: 0, CN: 1 }, warnings: [] });
  });

  it("splits the participants into training, validation and test, half of each ill", async () => {
    const ids = async (file: string) =>
      (await readTable(file)).rows.map(({ values }) => values.participant_id ?? "");
    const inner = (name: string) => ids(join(study.split, name));
    const [train, validation, test] = [
      await inner("train_baseline.tsv"),
      await inner("validation_baseline.tsv"),
      await ids(study.test),
    ];
    expect([train.length, validation.length, test.length]).toEqual([14, 6, 4]);
    expect(new Set([...train, ...validation, ...test]).size).toBe(24);
    expect(plan.splits[0]?.validation.filter(({ label }) => label === "AD")).toHaveLength(3);
    expect(new Set(await inner("train.tsv"))).toEqual(new Set(train));
  });

  it("has ClinicaDL's columns and nesting", async () => {
    const columns = ["participant_id", "session_id", "age", "sex", "site", "diagnosis"];
    for (const file of [study.labels, study.test, join(study.split, "train.tsv")]) {
      expect((await readTable(file)).columns).toEqual(columns);
    }
    expect(dirname(study.split)).toBe(dirname(study.test));
  });

  it("has as many people of either group at each site and of each sex, in every set", async () => {
    const inner = (name: string) => join(study.split, name);
    for (const file of [study.test, inner("train_baseline.tsv"), inner("validation_baseline.tsv")]) {
      const { rows } = await readTable(file);
      for (const column of ["sex", "site"] as const) {
        const count = (value: string | undefined, diagnosis: string) =>
          rows.filter(({ values }) => values[column] === value && values.diagnosis === diagnosis).length;
        for (const value of new Set(rows.map(({ values }) => values[column]))) {
          expect(count(value, "AD"), `${file}: ${value}`).toBe(count(value, "CN"));
        }
      }
    }
    const { rows } = await readTable(study.labels);
    expect(new Set(rows.map(({ values }) => values.site)).size).toBe(3);
    const of = (id: string) => rows.filter(({ values }) => values.participant_id === id);
    for (const { values } of rows) {
      const own = of(values.participant_id!).map(({ values: { sex, site } }) => ({ sex, site }));
      expect(new Set(own.map((one) => JSON.stringify(one))).size).toBe(1);
    }
  });

  it("has an image for every session of the labels", async () => {
    const { rows } = await readTable(study.labels);
    expect(await listSessions(study.caps)).toEqual(
      rows.map(({ values }) => ({ participantId: values.participant_id, sessionId: values.session_id })),
    );
    expect(rows.length).toBeGreaterThan(24);
  });

  it("has a region around each hippocampus, which holds the grey of the hippocampus in white matter", async () => {
    const roi_list = ["leftHippocampus", "rightHippocampus"];
    const regions = await readRegions(
      preprocessingSchema.parse({ mode: "roi", roi_list }),
      { shape: [48, 56, 48], affine: identityAffine },
      { place: study.caps },
      { orientation: "stored" },
    );
    expect(regions.map(regionSize)).toEqual(Array(2).fill([12, 18, 12]));
    const healthy = plan.splits[0]!.train.find(({ label }) => label === "CN")!;
    const { header, data } = await readNifti(healthy.file);
    for (const [i, region] of regions.entries()) {
      const cut = cutPart(data, header.shape, { mode: "roi", regions }, i);
      const [nx, ny, nz] = regionSize(region);
      const mean = (from: [number, number, number], to: [number, number, number]) => {
        const values: number[] = [];
        for (let x = from[0]; x < to[0]; x++) {
          for (let y = from[1]; y < to[1]; y++) {
            for (let z = from[2]; z < to[2]; z++) values.push(cut[(x * ny + y) * nz + z]!);
          }
        }
        return values.reduce((sum, value) => sum + value, 0) / values.length;
      };
      const middle = mean([nx / 2 - 1, ny / 2 - 2, nz / 2 - 1], [nx / 2 + 1, ny / 2 + 2, nz / 2 + 1]);
      const above = mean([nx / 2 - 1, ny / 2 - 2, nz - 2], [nx / 2 + 1, ny / 2 + 2, nz]);
      expect(middle / above).toBeGreaterThan(0.55);
      expect(middle / above).toBeLessThan(0.9);
    }
  });

  it("shows dark ventricles in white matter, within a skull, in noise", async () => {
    const { header, data } = await readNifti(plan.splits[0]!.train[0]!.file);
    const [, ny, nz] = header.shape;
    const at = (x: number, y: number, z: number) => data[(x * ny + y) * nz + z]!;
    const mean = (xs: number[], y: number, z: number) =>
      xs.reduce((sum, x) => sum + at(x, y, z), 0) / xs.length;
    const ventricles = mean([21, 26], 29, 29);
    const white = mean([15, 16, 31, 32], 29, 31);
    const air = mean([0, 1, 46, 47], 2, 2);
    expect(ventricles).toBeLessThan(0.6 * white);
    expect(air).toBeLessThan(0.15 * white);
    expect(air).toBeGreaterThan(0);
  });

  it("is the same for the same seed, and another for another", async () => {
    const again = await writeDemo(join(folder, "again"), { seed: 0, participants: 2 });
    const other = await writeDemo(join(folder, "other"), { seed: 1, participants: 2 });
    const image = async ({ caps }: DemoStudy) => {
      const name =
        "sub-demo001/ses-M000/t1_linear/sub-demo001_ses-M000_space-MNI152NLin2009cSym_desc-Crop_res-1x1x1_T1w.nii.gz";
      return readFile(join(caps, "subjects", name));
    };
    expect(await image(again)).toEqual(await image(study));
    expect(await image(other)).not.toEqual(await image(study));
  });

  it("is not solved by one voxel: the best of the training set fails on the validation set", async () => {
    const set = async (images: DataPlan["splits"][number]["train"]) =>
      Promise.all(images.map(async ({ file, target }) => ({ target, voxels: (await readNifti(file)).data })));
    const train = await set(plan.splits[0]!.train);
    const validation = await set(plan.splits[0]!.validation);
    const scores = bestVoxel(train).map((rule) => accuracyOf(rule, validation));
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length).toBeLessThan(0.8);
  });
});

interface Image {
  readonly target: number;
  readonly voxels: Float32Array;
}
interface Rule {
  readonly voxel: number;
  readonly threshold: number;
  readonly above: number;
}

/** The ten voxels whose threshold, midway between the group means, tells the training set apart best. */
function bestVoxel(images: readonly Image[]): Rule[] {
  const groups = [0, 1].map((target) => images.filter((image) => image.target === target));
  const mean = (group: readonly Image[], voxel: number) =>
    group.reduce((sum, { voxels }) => sum + voxels[voxel]!, 0) / group.length;
  return Array.from({ length: images[0]!.voxels.length }, (_, voxel) => {
    const [first, second] = [mean(groups[0]!, voxel), mean(groups[1]!, voxel)];
    return { voxel, threshold: (first + second) / 2, above: second > first ? 1 : 0 };
  })
    .map((rule) => ({ rule, score: accuracyOf(rule, images) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, 10)
    .map(({ rule }) => rule);
}

function accuracyOf({ voxel, threshold, above }: Rule, images: readonly Image[]): number {
  const hits = images.filter(
    ({ target, voxels }) => (voxels[voxel]! > threshold ? above : 1 - above) === target,
  );
  return hits.length / images.length;
}
