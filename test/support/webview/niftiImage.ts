/** An image and the host's side of its editor, for tests. */

import type { Triple } from "../../../src/space/triple";
import type { VoxelArray } from "../../../src/space/voxelArray";
import type { ToNifti } from "../../../webview/nifti/messages";
import type { ImageInfo } from "../../../webview/shared/volume/layers/messages";

/** 20 x 24 x 16 voxels of 2 x 2 x 3 mm, x towards the left. */
export const imaginedSize: Triple = [20, 24, 16];

export const imaginedImage = (changed: Partial<ImageInfo> = {}): ImageInfo => ({
  fileBytes: 16_000,
  version: 1,
  littleEndian: true,
  datatype: "int16",
  sizes: [...imaginedSize],
  size: imaginedSize,
  volumes: 1,
  volumeBytes: 2 * 20 * 24 * 16,
  slope: 1,
  intercept: 0,
  voxelSize: [2, 2, 3],
  affine: [
    [-2, 0, 0, 20],
    [0, 2, 0, -24],
    [0, 0, 3, -12],
    [0, 0, 0, 1],
  ],
  description: "an imagined head",
  intent: "",
  spaceUnit: "mm",
  timeUnit: null,
  timeStep: 0,
  form: "sform",
  space: "MNI152",
  ...changed,
});

/** Value of each voxel tells where it is: x + 100 y + 1000 z. */
export function imaginedVoxels(): VoxelArray {
  const [x, y, z] = imaginedSize;
  return Int16Array.from(
    { length: x * y * z },
    (_, i) => (i % x) + 100 * (Math.floor(i / x) % y) + 1000 * Math.floor(i / (x * y)),
  );
}

export const niftiWelcome = (name = "sub-001_T1w.nii.gz"): ToNifti => ({
  kind: "welcome",
  uri: "file:///data/sub-001_T1w.nii.gz",
  name,
  texts: {},
});
