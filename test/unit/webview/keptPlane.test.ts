import { expect, it } from "vitest";
import { planesOf } from "../../../src/space/keptPlanes";
import { keptPixels, planesToChoose } from "../../../webview/training/model/keptPlane";

/** One bright voxel, in a corner of the middle planes. */
function brightAt(size: readonly [number, number, number], voxel: readonly [number, number, number]) {
  const input = new Float32Array(size[0] * size[1] * size[2]);
  input[(voxel[0] * size[1] + voxel[1]) * size[2] + voxel[2]] = 1;
  return { size, low: 0, high: 1, input, output: input };
}
const bright = (pixels: ArrayLike<number>) => {
  const found = [];
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i] === 255) found.push(i / 4);
  return found;
};

it("the left of the person is on the left, however the voxels are stored", () => {
  const size = [3, 4, 5] as const;
  // Index 0 of x is the right of a person in LAS, and the left in RAS; z = 2 is the middle.
  const toLeft = [
    [-1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const toRight = toLeft.map((row, i) => (i === 0 ? [1, 0, 0, 0] : row));
  const at = (affine: readonly (readonly number[])[], voxel: readonly [number, number, number]) => {
    const picture = keptPixels(planesOf({ ...brightAt(size, voxel), affine }, 1), "axial", "input");
    return [picture?.width, picture?.height, ...bright(picture?.pixels ?? [])];
  };
  // Front is up: y = 3 is the first row.
  expect(at(toRight, [0, 3, 2])).toEqual([3, 4, 0]);
  expect(at(toLeft, [0, 3, 2])).toEqual([3, 4, 2]);
  expect(at(toLeft, [2, 0, 2])).toEqual([3, 4, 9]);
});

it("of a slice there is its own plane to choose, of volumes all three", () => {
  const affine = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ];
  const volume = planesOf({ ...brightAt([3, 4, 5], [0, 0, 0]), affine }, 1);
  const slice = planesOf({ ...brightAt([3, 1, 5], [0, 0, 0]), affine }, 1);
  expect(planesToChoose([volume])).toEqual(["axial", "sagittal", "coronal"]);
  expect(planesToChoose([volume, slice])).toEqual(["coronal"]);
});
