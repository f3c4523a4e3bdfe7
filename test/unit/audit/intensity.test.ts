import { expect, it } from "vitest";
import { intensity } from "../../../src/audit/checks/intensity";
import { voxelFacts } from "../../../src/data/nifti/voxelFacts";
import { scanOf, studyOf } from "../../support/studyOf";

const scanWith = (name: string, change: (values: Float32Array) => void) => {
  const values = Float32Array.from({ length: 20 ** 3 }, (_, i) => (i % 2 === 0 ? 0 : 500 + (i % 97)));
  change(values);
  return scanOf(name, { voxels: voxelFacts(values, [20, 20, 20]) });
};

it("names the images in which one voxel leaves the brain black, with its value, and those with NaN", () => {
  const scans = [
    scanWith("sub-1", () => {}),
    scanWith("sub-2", (values) => values.fill(1e6, 777, 778)),
    scanWith("sub-3", (values) => values.fill(Number.NaN, 0, 40)),
  ];
  expect(intensity.find(studyOf(scans))).toMatchObject([
    {
      severity: "warning",
      code: "intensity.squashed",
      message: expect.stringContaining("(sub-2 ses-M000: 1000000, where most lie between 0 and 596)"),
    },
    {
      severity: "notice",
      code: "intensity.not-numbers",
      message:
        "1 of 3 images holds voxels that are no numbers (NaN), which become 0 (sub-3 ses-M000: 40 voxels).",
    },
  ]);
  expect(intensity.find(studyOf(scans, { normalize: false }))).toMatchObject([
    { code: "intensity.outliers" },
    {},
  ]);
  expect(intensity.find(studyOf(scans.slice(0, 1)))).toEqual([]);
});
