import { describe, expect, it } from "vitest";
import { reducedSize, reduceSize } from "../../../src/data/batches/sizeReduction";
import { problemsOf } from "../../support/problemsOf";

describe("size reduction", () => {
  const t1 = [169, 208, 179] as const;

  it.each([
    [2, [80, 96, 80], [4, 8, 8]],
    [3, [56, 64, 56], [0, 8, 4]],
    [4, [40, 48, 40], [4, 8, 8]],
    [5, [32, 40, 32], [4, 0, 8]],
  ])("by %i gives ClinicaDL's size, from its first voxel, every so many voxels", (factor, size, first) => {
    expect(reducedSize(t1, factor)).toEqual(size);
    const voxels = Float32Array.from({ length: 169 * 208 * 179 }, (_, i) => i);
    const reduced = reduceSize(voxels, t1, factor);
    const index = (x: number, y: number, z: number) => (x * 208 + y) * 179 + z;
    const [x = 0, y = 0, z = 0] = first;
    expect(reduced).toHaveLength(size.reduce((product, length) => product * length, 1));
    expect(reduced[0]).toBe(index(x, y, z));
    expect(reduced[1]).toBe(index(x, y, z + factor));
    expect(reduced[size[2]!]).toBe(index(x, y + factor, z));
    expect(reduced[size[1]! * size[2]!]).toBe(index(x + factor, y, z));
  });

  it("refuses images of which nothing is left", async () => {
    expect(await problemsOf(() => reducedSize([20, 8, 20], 2))).toMatchObject([{ where: "size_reduction" }]);
  });
});
