import { describe, expect, it } from "vitest";
import { spaceOf } from "../../../../src/space/space";
import type { Triple } from "../../../../src/space/triple";
import type { InputCut } from "../../../../webview/inputs/messages";
import { gaps, partMarks, regionEdges } from "../../../../webview/inputs/model/partMarks";
import { planeOf } from "../../../../webview/shared/volume/planes";

const size: Triple = [7, 9, 8];
const identity = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];
const space = spaceOf(identity, [1, 1, 1]);
/** x to the right, y upwards. */
const axial = planeOf("axial", size, space, "neurological");
const coronal = planeOf("coronal", size, space, "neurological");
const marksOf = (cut: InputCut) => partMarks({ cut, reduced: null });

describe("marks of patches", () => {
  const draw = marksOf({ mode: "patch", size: 3, stride: 3, counts: [2, 3, 2] });

  it("show the grid, the current patch and the voxels that no patch takes", () => {
    const [shade, grid, current] = draw(axial, [0, 0, 1], 2);
    expect(shade).toEqual({ kind: "shade", rects: [{ left: 6, top: 0, width: 1, height: 9 }] });
    expect(grid).toMatchObject({ kind: "boxes", emphasis: "one" });
    expect(grid?.kind === "boxes" && grid.rects).toHaveLength(6);
    // Patch 2 is the second along y, and y runs upwards.
    expect(current).toEqual({
      kind: "boxes",
      rects: [{ left: 0, top: 3, width: 3, height: 3 }],
      emphasis: "current",
    });
  });

  it("say when the current patch is on other slices", () => {
    expect(draw(axial, [0, 0, 5], 2).at(-1)).toMatchObject({ emphasis: "elsewhere" });
  });

  it("shade a slice that no patch reaches", () => {
    const [shade, grid] = draw(axial, [0, 0, 7], 2);
    expect(shade).toEqual({ kind: "shade", rects: [{ left: 0, top: 0, width: 7, height: 9 }] });
    expect(grid).toMatchObject({ rects: [] });
  });
});

describe("marks of slices", () => {
  const draw = marksOf({ mode: "slice", direction: 2, channels: 1, first: 2, count: 4 });

  it("frame the slice that is taken", () => {
    expect(draw(axial, [3, 3, 4], 2)).toEqual([
      { kind: "boxes", rects: [{ left: 0, top: 0, width: 7, height: 9 }], emphasis: "current" },
    ]);
  });

  it("shade one that is discarded", () => {
    expect(draw(axial, [3, 3, 6], 2)).toMatchObject([{ kind: "shade", rects: [{ width: 7, height: 9 }] }]);
  });

  it("show it as a line in the other planes, between the discarded ones", () => {
    // z runs upwards: slices 6 and 7 are the upper two rows, 0 and 1 the lower two.
    expect(draw(coronal, [3, 3, 4], 2)).toEqual([
      {
        kind: "shade",
        rects: [
          { left: 0, top: 6, width: 7, height: 2 },
          { left: 0, top: 0, width: 7, height: 2 },
        ],
      },
      { kind: "boxes", rects: [{ left: 0, top: 3, width: 7, height: 1 }], emphasis: "current" },
    ]);
  });
});

describe("marks of regions", () => {
  const corner = {
    name: "corner",
    planes: [[1, 2], [3, 4], [5]],
    mask: Uint8Array.from([1, 1, 1, 0]),
  } as const;
  const other = { name: "other", planes: [[5], [5], [5]] } as const;

  it("follow the edges of the mask", () => {
    const edges = regionEdges(corner, axial, 5);
    // Three squares in an L have eight outer sides.
    expect(edges).toHaveLength(4 * 8);
    expect(regionEdges(corner, axial, 4)).toEqual([]);
  });

  it("put the current region on top", () => {
    const draw = marksOf({ mode: "roi", regions: [corner, other] });
    expect(draw(axial, [0, 0, 5], 0)).toMatchObject([{ emphasis: "one" }, { emphasis: "current" }]);
    expect(draw(axial, [0, 0, 4], 0).find((mark) => mark.kind === "boxes")).toEqual({
      kind: "boxes",
      rects: [{ left: 1, top: 4, width: 2, height: 2 }],
      emphasis: "elsewhere",
    });
  });
});

describe("marks of whole images", () => {
  it("are none, or what the reduction leaves out", () => {
    expect(partMarks({ cut: { mode: "image" }, reduced: null })(axial, [0, 0, 0], 0)).toEqual([]);
    const reduced = [
      [1, 3, 5],
      [0, 2, 4, 6, 8],
      [0, 2],
    ] as const;
    expect(partMarks({ cut: { mode: "image" }, reduced })(axial, [0, 0, 0], 0)).toEqual([
      {
        kind: "shade",
        rects: [
          { left: 0, top: 0, width: 1, height: 9 },
          { left: 6, top: 0, width: 1, height: 9 },
        ],
      },
    ]);
  });
});

describe("gaps between stretches", () => {
  it("are what overlapping and separate stretches leave", () => {
    expect(
      gaps(
        [
          [0, 3],
          [2, 5],
        ],
        5,
      ),
    ).toEqual([]);
    expect(
      gaps(
        [
          [1, 3],
          [4, 6],
        ],
        8,
      ),
    ).toEqual([
      [0, 1],
      [3, 4],
      [6, 8],
    ]);
    expect(gaps([], 4)).toEqual([[0, 4]]);
  });
});
