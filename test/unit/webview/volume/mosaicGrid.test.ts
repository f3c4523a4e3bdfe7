import { describe, expect, it } from "vitest";
import { mosaicGrid } from "../../../../webview/shared/volume/mosaicGrid";

describe("mosaicGrid", () => {
  const grid = mosaicGrid([170, 210], 180, 400, 400);

  it("takes twelve slices of the middle of the image, as large as they fit", () => {
    expect(grid.indices).toHaveLength(12);
    expect(grid.indices[0]).toBeGreaterThan(18);
    expect(grid.indices.at(-1)).toBeLessThan(162);
    const cells = grid.indices.map((_, place) => grid.cell(place));
    for (const { left, top } of cells) {
      expect(left + grid.width).toBeLessThanOrEqual(400.001);
      expect(top + grid.height).toBeLessThanOrEqual(400.001);
    }
    expect(grid.width / grid.height).toBeCloseTo(170 / 210, 6);
  });

  it("knows which slice is drawn where, and which is nearest to the crosshair", () => {
    const { left, top } = grid.cell(5);
    expect(grid.at(left + 2, top + 2)).toBe(grid.indices[5]);
    expect(grid.at(-1, 3)).toBeNull();
    expect(grid.at(left + 2, 4000)).toBeNull();
    expect(grid.nearest(grid.indices[7]! + 1)).toBe(7);
  });

  it("shows every slice of a thin image", () => {
    expect(mosaicGrid([10, 10], 3, 100, 100).indices).toEqual([0, 1, 2]);
  });
});
