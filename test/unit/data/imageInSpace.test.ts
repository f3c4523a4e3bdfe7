import { expect, it } from "vitest";
import { gridInSpace } from "../../../src/data/nifti/imageInSpace";
import type { Triple } from "../../../src/space/triple";

const affine = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];
const shape: Triple = [169, 208, 179];
const header = { file: "sub-01.nii.gz", shape, affine };

it("has no more voxels than fit into the memory, whatever the voxel size that was typed", () => {
  expect(() => gridInSpace(header, { orientation: "stored", voxel_size: 0.001 })).toThrow(
    "has 168001x207001x178001 voxels",
  );
  expect(() => gridInSpace(header, { orientation: "stored", size: 4096 })).toThrow(
    "has 4096x4096x4096 voxels",
  );
  expect(gridInSpace(header, { orientation: "stored", voxel_size: 0.5 }).shape).toEqual([337, 415, 357]);
  expect(gridInSpace(header, { orientation: "stored", size: [1024, 512, 512] }).shape).toEqual([
    1024, 512, 512,
  ]);
});
