import { describe, expect, it } from "vitest";
import { inputPlace, valuesInPlace } from "../../../src/data/parts/inputPlace";
import { type Cut, cutPart, type Region } from "../../../src/data/parts/parts";

const size = [6, 5, 4] as const;
const voxels = Float32Array.from({ length: 6 * 5 * 4 }, (_, i) => i + 1);

/** Two cubes on both sides of the middle, as the hippocampi lie: planes 2 and 3 along x hold nothing of the mask. */
const bilateral: Region = {
  name: "both",
  planes: [
    [0, 1, 4, 5],
    [1, 2],
    [2, 3],
  ],
};
const cuts: readonly (readonly [string, Cut])[] = [
  ["an image", { mode: "image" }],
  ["a patch", { mode: "patch", size: 2, stride: 1, counts: [5, 4, 3] }],
  ["a sagittal slice", { mode: "slice", direction: 0, channels: 1, first: 1, count: 4 }],
  ["an axial slice of three channels", { mode: "slice", direction: 2, channels: 3, first: 1, count: 2 }],
  ["a region of two parts", { mode: "roi", regions: [bilateral, bilateral] }],
];

describe.each(cuts)("what a network makes of %s", (_, cut) => {
  const settings = { cut, imageSize: size, reduction: null };
  const index = cut.mode === "image" ? 0 : 1;

  it("lies where its voxels lay", () => {
    const { start, step, size: extent } = inputPlace(settings, index);
    const values = valuesInPlace(settings, index, cutPart(voxels, size, cut, index));
    expect([step, values.length]).toEqual([1, extent[0] * extent[1] * extent[2]]);
    const isOutside = (x: number) => cut.mode === "roi" && !bilateral.planes[0].includes(x);
    let at = 0;
    for (let x = start[0]; x < start[0] + extent[0]; x++) {
      for (let y = start[1]; y < start[1] + extent[1]; y++) {
        for (let z = start[2]; z < start[2] + extent[2]; z++) {
          expect(values[at++]).toBe(isOutside(x) ? 0 : voxels[(x * 5 + y) * 4 + z]);
        }
      }
    }
  });
});
