import { describe, expect, it } from "vitest";
import { spaceOf } from "../../../../src/space/space";
import type { Triple } from "../../../../src/space/triple";
import { type Arrangement, arrange, type Box, MARGIN } from "../../../../webview/shared/volume/arrange";
import {
  beginDrag,
  lookByDrag,
  lookByKey,
  lookByWheel,
  lookByZoomWheel,
  type PlaneState,
} from "../../../../webview/shared/volume/gestures";
import { planeOf } from "../../../../webview/shared/volume/planes";
import { follow, panSight, sightOf, zoomAbout } from "../../../../webview/shared/volume/sight";

const size: Triple = [40, 50, 60];
const identity = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
];
const axial = planeOf("axial", size, spaceOf(identity, [1, 1, 1]), "neurological");
const state: PlaneState = {
  plane: axial,
  size,
  voxel: [20, 25, 30],
  window: { low: 0, high: 100 },
  zoom: null,
};

describe("zoom", () => {
  it("shows everything, or a part around its centre that stays inside", () => {
    expect(sightOf(axial, null)).toEqual({ left: 0, top: 0, width: 40, height: 50 });
    expect(sightOf(axial, { factor: 2, center: [19.5, 24.5, 0] })).toEqual({
      left: 10,
      top: 12.5,
      width: 20,
      height: 25,
    });
    expect(sightOf(axial, { factor: 2, center: [0, 0, 0] })).toMatchObject({ left: 0, top: 25 });
  });

  it("keeps what is under the pointer where it is", () => {
    const place = (zoom: ReturnType<typeof zoomAbout>) => {
      const { left, width, top, height } = sightOf(axial, zoom);
      // The middle of voxel 30 along x, 10 along y, which runs upwards.
      return [(30.5 - left) / width, (50 - 10 - 0.5 - top) / height];
    };
    const once = zoomAbout(null, 1.5, [30, 10, 0], size);
    const twice = zoomAbout(once, 2, [30, 10, 0], size);
    for (const zoom of [once, twice]) {
      expect(place(zoom)[0]).toBeCloseTo(place(null)[0]!, 9);
      expect(place(zoom)[1]).toBeCloseTo(place(null)[1]!, 9);
    }
  });

  it("ends at whole planes, and at a voxel that fills a sixteenth", () => {
    expect(zoomAbout({ factor: 1.2, center: [5, 5, 5] }, 1 / 1.5, [0, 0, 0], size)).toBeNull();
    expect(zoomAbout({ factor: 15, center: [5, 5, 5] }, 4, [0, 0, 0], size)?.factor).toBe(16);
  });

  it("follows the crosshair out of sight, and not before", () => {
    const zoom = { factor: 4, center: [20, 25, 30] as Triple };
    expect(follow(zoom, [22, 25, 30], size)).toBe(zoom);
    const followed = follow(zoom, [39, 25, 30], size);
    const { left, width } = sightOf(axial, followed);
    expect(left).toBeLessThanOrEqual(39);
    expect(left + width).toBeGreaterThan(39);
    expect(follow(null, [0, 0, 0], size)).toBeNull();
  });

  it("moves with a drag as far as the edges", () => {
    const zoom = { factor: 2, center: [19.5, 24.5, 30] as Triple };
    expect(sightOf(axial, panSight(axial, zoom, 5, 0)).left).toBe(15);
    expect(sightOf(axial, panSight(axial, zoom, 0, 100)).top).toBe(25);
    expect(panSight(axial, null, 5, 5)).toBeNull();
  });
});

describe("keys on a plane", () => {
  it("move the crosshair, one voxel or ten", () => {
    expect(lookByKey(state, "ArrowRight", false)).toEqual({ voxel: [21, 25, 30] });
    expect(lookByKey(state, "ArrowUp", true)).toEqual({ voxel: [20, 35, 30] });
    expect(lookByKey(state, "PageDown", false)).toEqual({ voxel: [20, 25, 29] });
    expect(lookByKey(state, "PageUp", true)).toEqual({ voxel: [20, 25, 40] });
  });

  it("zoom about the crosshair", () => {
    expect(lookByKey(state, "+", false)?.zoom?.factor).toBe(1.5);
    expect(lookByKey({ ...state, zoom: { factor: 8, center: state.voxel } }, "0", false)).toEqual({
      zoom: null,
    });
  });

  it("leave other keys to others", () => {
    expect(lookByKey(state, "Tab", false)).toBeNull();
    expect(lookByKey(state, "a", false)).toBeNull();
  });
});

describe("the wheel on a plane", () => {
  it("goes through the slices", () => {
    expect(lookByWheel(state, 1, false)).toEqual({ voxel: [20, 25, 29] });
    expect(lookByWheel(state, -1, true)).toEqual({ voxel: [20, 25, 40] });
  });

  it("zooms about the pointer", () => {
    expect(lookByZoomWheel(state, { x: 0.25, y: 0.5 }, -1).zoom?.factor).toBeCloseTo(1.2);
    expect(lookByZoomWheel(state, { x: 0.25, y: 0.5 }, 1).zoom).toBeNull();
  });
});

describe("drags on a plane", () => {
  it("move the crosshair", () => {
    const drag = beginDrag(state, { x: 0, y: 0 }, 0, false);
    expect(lookByDrag(state, drag, { x: 0.5, y: 0 })).toEqual({ voxel: [20, 49, 30] });
  });

  it("change brightness and contrast with the right button or Shift", () => {
    for (const drag of [
      beginDrag(state, { x: 0, y: 0 }, 2, false),
      beginDrag(state, { x: 0, y: 0 }, 0, true),
    ])
      expect(lookByDrag(state, drag, { x: 0.5, y: 0 })).toEqual({ window: { low: -50, high: 150 } });
  });

  it("move what is in sight with the middle button", () => {
    const zoomed = { ...state, zoom: { factor: 2, center: [19.5, 24.5, 30] as Triple } };
    const drag = beginDrag(zoomed, { x: 0.5, y: 0.5 }, 1, false);
    const { zoom = null } = lookByDrag(zoomed, drag, { x: 0.25, y: 0.5 });
    expect(sightOf(axial, zoom).left).toBe(15);
  });
});

describe("the arrangement of the planes", () => {
  const boxes = ({ coronal, sagittal, axial: below }: Arrangement): readonly Box[] => [
    coronal,
    sagittal,
    below,
  ];
  const inside = (arrangement: Arrangement, width: number, height: number) =>
    boxes(arrangement).every(
      ({ left, top, width: w, height: h }) =>
        left >= -1e-6 && top >= -1e-6 && left + w <= width + 1e-6 && top + h <= height + 1e-6,
    );

  it.each([
    ["a square", 900, 900],
    ["a wide strip", 1400, 350],
    ["a tall column", 300, 1200],
  ])("fits %s at one scale", (_, width, height) => {
    const arrangement = arrange([180, 220, 180], width, height);
    expect(inside(arrangement, width, height)).toBe(true);
    const { coronal, sagittal, scale } = arrangement;
    expect(coronal.width - 2 * MARGIN.side).toBeCloseTo(180 * scale);
    expect(sagittal.width - 2 * MARGIN.side).toBeCloseTo(220 * scale);
    expect(coronal.height).toBeCloseTo(sagittal.height);
  });

  it("lets the planes continue each other where there is room for that", () => {
    const { coronal, sagittal, axial: below } = arrange([180, 220, 180], 900, 900);
    expect(sagittal.top).toBe(coronal.top);
    expect(below.left).toBe(coronal.left);
    expect(below.width).toBe(coronal.width);
  });

  it("stands in a row in a wide strip and one below the other in a column", () => {
    const row = arrange([180, 220, 180], 1400, 350);
    expect(row.axial.left).toBeGreaterThan(row.sagittal.left);
    const column = arrange([180, 220, 180], 300, 1200);
    expect(column.axial.top).toBeGreaterThan(column.sagittal.top);
    expect(column.axial.left).toBe(column.coronal.left);
  });
});
