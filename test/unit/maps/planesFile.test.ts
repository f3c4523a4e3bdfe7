import { readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readPlanes, writePlanes } from "../../../src/maps/reconstructions/planesFile";
import { planesOf, stepFor } from "../../../src/space/keptPlanes";
import { temporaryFolder } from "../../support/folder";

const affine = [
  [-2, 0, 0, 10],
  [0, 2, 0, -20],
  [0, 0, 2, -30],
  [0, 0, 0, 1],
];
const size = [3, 4, 2] as const;
const input = Float32Array.from({ length: 24 }, (_, voxel) => voxel / 23);
const box = { size, affine, low: 0, high: 1, input, output: input.map((value) => value + 0.1) };

it("planes go through the middle, thinned as often as they must be", async () => {
  const { planes } = planesOf(box, 1);
  expect(planes.map(({ through, input: bytes }) => [through, bytes.length])).toEqual([
    [0, 8],
    [1, 6],
    [2, 12],
  ]);
  // Across z, at z = 1: x, y.
  expect(planes[2]!.input[1 * 4 + 2]).toBe(Math.round((255 * (1 * 8 + 2 * 2 + 1)) / 23));
  expect(new Set(planes[0]!.difference)).toEqual(new Set([128 + Math.round((127 * 0.1) / 0.25)]));
  const thin = planesOf(box, 2);
  expect([thin.size, thin.affine.map((row) => row[3])]).toEqual([
    [2, 2, 1],
    [10, -20, -30, 1],
  ]);
  expect(stepFor([size], 3 * 26)).toBe(1);
  expect(stepFor([size], 3 * 26 - 1)).toBe(2);
});

it("what was written is read, and what is damaged is refused", async () => {
  const file = join(temporaryFolder(), "epoch-0.planes");
  const images = [planesOf(box, 1), planesOf({ ...box, size: [24, 1, 1] }, 1)];
  await writePlanes(file, images);
  expect(await readPlanes(file)).toEqual(images);
  const whole = readFileSync(file);
  truncateSync(file, whole.length - 1);
  await expect(readPlanes(file)).rejects.toMatchObject({ problems: [{ code: "maps.no-planes" }] });
  writeFileSync(file, Buffer.concat([whole, Buffer.from([0])]));
  await expect(readPlanes(file)).rejects.toMatchObject({ problems: [{ code: "maps.no-planes" }] });
  await expect(readPlanes(`${file}-none`)).rejects.toMatchObject({ problems: [{ code: "maps.no-planes" }] });
});
