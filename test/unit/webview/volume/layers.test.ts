import { describe, expect, it } from "vitest";
import { identityAffine } from "../../../../src/space/affine";
import { spaceOf } from "../../../../src/space/space";
import type { Triple } from "../../../../src/space/triple";
import { blendSlice } from "../../../../webview/shared/volume/blendSlice";
import { colorMap, LAYER_COLORS } from "../../../../webview/shared/volume/colorMap";
import {
  colorOfValue,
  type LayerLook,
  layerKindOf,
  levelsOf,
  usualLook,
} from "../../../../webview/shared/volume/layerLook";
import { LayerSource } from "../../../../webview/shared/volume/layerSource";
import { planeOf } from "../../../../webview/shared/volume/planes";
import { fileStrides, type Volume } from "../../../../webview/shared/volume/volume";

const size: Triple = [20, 10, 10];
const volumeOf = (value: (i: number) => number): Volume => ({
  size,
  strides: fileStrides(size),
  data: Float32Array.from({ length: 2000 }, (_, i) => value(i)),
  slope: 1,
  intercept: 0,
});
const look = (changed: Partial<LayerLook> = {}): LayerLook => ({
  visible: true,
  opacity: 1,
  colors: "redYellow",
  low: 1,
  high: 3,
  hideAbove: false,
  interpolation: "nearest",
  outline: false,
  ...changed,
});

describe("colours of layers", () => {
  it("are those of matplotlib at ends and middle", () => {
    const at = (name: "viridis" | "magma", level: number) => [
      ...colorMap(name).subarray(3 * level, 3 * level + 3),
    ];
    expect([at("viridis", 0), at("viridis", 255)]).toEqual([
      [68, 1, 84],
      [253, 231, 37],
    ]);
    expect([at("magma", 0), at("magma", 255)]).toEqual([
      [0, 0, 4],
      [252, 253, 191],
    ]);
    // viridis(0.5) of 256 levels is #21918c, magma(0.5) #b73779; between two levels here.
    for (const [name, middle] of [
      ["viridis", [33, 145, 140]],
      ["magma", [183, 55, 121]],
    ] as const)
      for (const [channel, value] of at(name, 128).entries())
        expect(Math.abs(value - middle[channel]!)).toBeLessThanOrEqual(2);
  });

  it.each(LAYER_COLORS)("%s has no two ends alike", (name) => {
    const table = colorMap(name);
    expect([...table.subarray(3, 6)]).not.toEqual([...table.subarray(765)]);
  });

  it("give the first twenty labels colours of their own, none of them dark", () => {
    const colors = Array.from({ length: 20 }, (_, i) => [
      ...colorMap("labels").subarray(3 * i + 3, 3 * i + 6),
    ]);
    expect(new Set(colors.map(String)).size).toBe(20);
    for (const color of colors) expect(Math.max(...color)).toBeGreaterThan(150);
  });
});

describe("thresholds", () => {
  it("hide what is weaker, and what is stronger only where that is asked", () => {
    const level = levelsOf(look());
    expect([0.99, 1, 2, 3, 9, Number.NaN].map(level)).toEqual([-1, 0, 128, 255, 255, -1]);
    expect([3, 3.1].map(levelsOf(look({ hideAbove: true })))).toEqual([255, -1]);
  });

  it("weigh blue and red without the sign, around 0", () => {
    const level = levelsOf(look({ colors: "blueRed", low: 1, high: 4 }));
    expect([-9, -4, -0.5, 0, 0.5, 4, 9].map(level)).toEqual([0, 0, -1, -1, -1, 255, 255]);
    expect(level(2)).toBe(191);
    expect(level(-2)).toBe(64);
    const [, red, blue] = /^#(..)..(..)$/.exec(colorOfValue(look({ colors: "blueRed" }), 3)!)!;
    expect(Number.parseInt(red!, 16)).toBeGreaterThan(Number.parseInt(blue!, 16));
  });

  it("give each label a level of its own, that begins again after 255", () => {
    const level = levelsOf(look({ colors: "labels", low: 0.5, high: 255 }));
    expect([0, 1, 255, 256, 2035].map(level)).toEqual([-1, 1, 255, 1, 250]);
  });
});

describe("how a layer is seen at first", () => {
  it("depends on its values: mask, labels, map, image", () => {
    expect(layerKindOf(volumeOf((i) => (i % 7 === 0 ? 1 : 0)))).toBe("mask");
    expect(layerKindOf(volumeOf((i) => Math.floor(i / 500)))).toBe("labels");
    expect(layerKindOf(volumeOf((i) => Math.sin(i)))).toBe("map");
    expect(layerKindOf(volumeOf((i) => (i * 7919) % 251))).toBe("image");
    expect(layerKindOf(volumeOf((i) => i / 3))).toBe("image");
  });

  it("shows the strongest twentieth of a map, blue to red", () => {
    const volume = volumeOf((i) => i - 1000);
    const { low, high, colors, interpolation } = usualLook("map", volume);
    expect([colors, interpolation]).toEqual(["blueRed", "linear"]);
    const level = levelsOf(look({ colors, low, high }));
    const shown = [...volume.data].filter((value) => level(value) >= 0).length;
    expect(Math.abs(shown - 100)).toBeLessThanOrEqual(3);
  });

  it("never shows the zeros of a map, however many there are", () => {
    const { low, high } = usualLook(
      "map",
      volumeOf((i) => (i < 10 ? i : 0)),
    );
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(low);
  });

  it("of a mask is its one value, whatever that is", () => {
    const mask = usualLook(
      "mask",
      volumeOf((i) => (i % 2 === 0 ? 255 : 0)),
    );
    expect([0, 254, 255].map(levelsOf(mask))).toEqual([-1, -1, 255]);
  });

  it("does not blend labels", () => {
    expect(
      usualLook(
        "labels",
        volumeOf((i) => i % 3),
      ),
    ).toMatchObject({ interpolation: "nearest", colors: "labels" });
  });
});

describe("a slice of a layer", () => {
  const plane = planeOf("axial", size, spaceOf(identityAffine, [1, 1, 1]), "neurological");
  const block = volumeOf((i) => (i % 20 >= 5 && i % 20 < 10 && Math.floor(i / 20) % 10 < 5 ? 2 : 0));
  const source = new LayerSource({ volume: block, affine: identityAffine }, { size, affine: identityAffine });
  const pixelsOf = (changed: Partial<LayerLook>, layer = source, alpha = 255) => {
    const pixels = new Uint8ClampedArray(4 * 20 * 10);
    for (let i = 0; i < pixels.length; i += 4) pixels.set([100, 100, 100, alpha], i);
    blendSlice({ name: "block", source: layer, look: look(changed), regions: new Map() }, plane, 4, pixels);
    return (column: number, row: number) => [
      ...pixels.subarray(4 * (20 * row + column), 4 * (20 * row + column) + 4),
    ];
  };
  const middle = [...colorMap("redYellow").subarray(3 * 128, 3 * 128 + 3)];

  it("lies where its values are, upwards as the plane does, and leaves the rest", () => {
    const at = pixelsOf({});
    expect(at(5, 9)).toEqual([...middle, 255]);
    expect(at(5, 4)).toEqual([100, 100, 100, 255]);
    expect(at(10, 9)).toEqual([100, 100, 100, 255]);
  });

  it("weighs as much as its opacity, and alone where there is no number beneath", () => {
    expect(pixelsOf({ opacity: 0.25 })(5, 9)[0]).toBe(Math.round(0.25 * middle[0]! + 75));
    expect(pixelsOf({ opacity: 0.5 }, source, 0)(5, 9)).toEqual([...middle, 128]);
  });

  it("is its border alone where that is asked", () => {
    const at = pixelsOf({ outline: true });
    expect(at(5, 7)).toEqual([...middle, 255]);
    expect(at(7, 5)).toEqual([...middle, 255]);
    expect(at(7, 7)).toEqual([100, 100, 100, 255]);
  });

  it("of another grid is the same where both lie alike", () => {
    const moved = [
      [1, 0, 0, 3],
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
    ];
    const layer = new LayerSource({ volume: block, affine: moved }, { size, affine: identityAffine });
    const at = pixelsOf({}, layer);
    expect(at(8, 9)).toEqual([...middle, 255]);
    expect(at(7, 9)).toEqual([100, 100, 100, 255]);
    // The layer begins at 3: before it is nothing.
    expect(layer.at([2, 0, 0], "linear")).toBeNaN();
    expect(layer.at([8, 0, 0], "linear")).toBe(2);
  });
});
