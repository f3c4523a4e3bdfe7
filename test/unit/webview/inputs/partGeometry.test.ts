import { describe, expect, it } from "vitest";
import { type Cut, cutPart } from "../../../../src/data/parts/parts";
import { partCount } from "../../../../src/space/cut";
import type { Triple } from "../../../../src/space/triple";
import type { InputCut } from "../../../../webview/inputs/messages";
import { partAt, planesOf, showPart, toImage, toPart } from "../../../../webview/inputs/model/partGeometry";

const imageSize: Triple = [7, 9, 8];
const plan = (cut: InputCut) => ({ cut, imageSize, reduced: null });
const patches = { mode: "patch", size: 3, stride: 2, counts: [3, 4, 3] } as const;
const apart = { mode: "patch", size: 2, stride: 3, counts: [2, 3, 3] } as const;
const slices = { mode: "slice", direction: 1, channels: 3, first: 2, count: 5 } as const;
const regions = {
  mode: "roi",
  regions: [
    {
      name: "left",
      planes: [
        [0, 1, 3],
        [2, 3],
        [4, 5],
      ],
      mask: Uint8Array.from([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1]),
    },
    {
      name: "right",
      planes: [
        [1, 2, 3],
        [3, 4],
        [5, 6],
      ],
    },
  ],
} as const satisfies InputCut;

describe("the parts of an image", () => {
  const values = Float32Array.from({ length: 7 * 9 * 8 }, (_, i) => i);
  const valueAt = ([x, y, z]: Triple) => (x * 9 + y) * 8 + z;

  it.each([
    ["patches", patches],
    ["patches with gaps", apart],
    ["slices", { ...slices, channels: 1 } as const],
  ])("are the voxels that the training cuts: %s", (_, cut: InputCut & Cut) => {
    for (let part = 0; part < partCount(cut); part++) {
      const [xs, ys, zs] = planesOf(plan(cut), part);
      const expected = xs.flatMap((x) => ys.flatMap((y) => zs.map((z) => valueAt([x, y, z]))));
      expect([...cutPart(values, imageSize, cut, part)]).toEqual(expected);
    }
  });

  it("are found from the voxels inside them", () => {
    for (const cut of [patches, apart, slices, regions]) {
      for (let part = 0; part < partCount(cut); part++) {
        const middle = showPart(plan(cut), part, [0, 0, 0]);
        expect(partAt(plan(cut), middle, part)).toBe(part);
        expect(
          planesOf(plan(cut), part).every((planes, axis) => cut === slices || planes.includes(middle[axis]!)),
        ).toBe(true);
      }
    }
  });

  it("stay as they are while the voxel is inside: overlapping patches do not jump", () => {
    // Voxel 2 belongs to the first and to the second patch along x.
    expect(partAt(plan(patches), [2, 1, 1], 0)).toBe(0);
    expect(partAt(plan(patches), [2, 1, 1], 12)).toBe(12);
    expect(partAt(plan(patches), [2, 1, 1], 24)).toBe(12);
    expect(partAt(plan(regions), [1, 3, 5], 0)).toBe(0);
    expect(partAt(plan(regions), [1, 3, 5], 1)).toBe(1);
  });

  it("leave out what no part takes", () => {
    expect(partAt(plan(patches), [6, 8, 7], 0)).toBe(null);
    expect(partAt(plan(patches), [6, 8, 6], 0)).not.toBe(null);
    expect(partAt(plan(apart), [2, 0, 0], 0)).toBeNull();
    expect(partAt(plan(slices), [0, 1, 0], 0)).toBeNull();
    expect(partAt(plan(slices), [0, 7, 0], 0)).toBeNull();
    // Outside of the mask, on a plane that is dropped, and far away.
    expect(partAt(plan(regions), [0, 3, 5], 1)).toBeNull();
    expect(partAt(plan(regions), [2, 2, 4], 0)).toBeNull();
    expect(partAt(plan(regions), [6, 8, 7], 0)).toBeNull();
  });

  it("are numbered with the last axis first", () => {
    expect(planesOf(plan(patches), 1)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [2, 3, 4],
    ]);
    expect(planesOf(plan(patches), 3)).toEqual([
      [0, 1, 2],
      [2, 3, 4],
      [0, 1, 2],
    ]);
    expect(planesOf(plan(patches), 12)).toEqual([
      [2, 3, 4],
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it("translate voxels of the image to their own and back", () => {
    const planes = planesOf(plan(regions), 0);
    expect(toImage(planes, [2, 0, 1])).toEqual([3, 2, 5]);
    expect(toPart(planes, [3, 2, 5])).toEqual([2, 0, 1]);
    expect(toPart(planes, [6, 0, 0])).toEqual([2, 0, 0]);
    const reduced = {
      cut: { mode: "image" } as const,
      imageSize,
      reduced: [[1, 3, 5], [0, 2], [4]] as const,
    };
    expect(toImage(planesOf(reduced, 0), [1, 1, 0])).toEqual([3, 2, 4]);
  });

  it("keep the crosshair where it is when a slice is chosen", () => {
    expect(showPart(plan(slices), 3, [6, 0, 7])).toEqual([6, 5, 7]);
    expect(showPart(plan({ mode: "image" }), 0, [6, 0, 7])).toEqual([6, 0, 7]);
  });
});
