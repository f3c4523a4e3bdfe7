import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { mapColour, mapPlanes } from "../../../src/report/figures/mapPlanes";
import { colourScale, greyOf } from "../../../src/report/figures/planes";
import { pngOf } from "../../../src/report/figures/png";
import { canonical } from "../../../src/space/reorient";

/** 2 x 3 x 4 voxels of 1, 2 and 3 mm; -4 in voxel (1, 0, 2), 2 in voxel (0, 2, 3). */
const map = () => {
  const values = new Float32Array(24);
  values[(1 * 3 + 0) * 4 + 2] = -4;
  values[(0 * 3 + 2) * 4 + 3] = 2;
  const affine = [
    [1, 0, 0, -10],
    [0, 2, 0, 5],
    [0, 0, 3, 0],
    [0, 0, 0, 1],
  ];
  return { grid: { shape: [2, 3, 4], affine }, values } as const;
};

const pixel = ({ width, rgb }: { width: number; rgb: Uint8Array }, x: number, y: number) => [
  ...rgb.subarray(3 * (y * width + x), 3 * (y * width + x) + 3),
];

describe("planes of a map", () => {
  it("go through the voxel farthest from 0, superior and anterior above", () => {
    const found = mapPlanes(map())!;
    expect(found.lowest).toEqual({ value: -4, world: [-9, 5, 6] });
    expect(found.highest).toEqual({ value: 2, world: [-10, 9, 9] });
    const [sagittal, coronal, axial] = found.planes;
    expect(found.planes.map(({ plane, extent }) => [plane, ...extent])).toEqual([
      ["sagittal", 6, 12],
      ["coronal", 2, 12],
      ["axial", 2, 6],
    ]);
    // z = 2 of 4 is the second line from above; y = 0 of 3 the lowest.
    const blue = [33, 102, 172];
    expect(pixel(sagittal!.picture, 0, 1)).toEqual(blue);
    expect(pixel(coronal!.picture, 1, 1)).toEqual(blue);
    expect(pixel(axial!.picture, 1, 2)).toEqual(blue);
    expect(pixel(axial!.picture, 0, 0)).toEqual([255, 255, 255]);
  });

  it("are the same however the voxels are stored", () => {
    const { grid, values } = map();
    const flipped = new Float32Array(24);
    for (let i = 0; i < 24; i++) flipped[(1 - Math.floor(i / 12)) * 12 + (i % 12)] = values[i]!;
    const affine = [[-1, 0, 0, -9], ...grid.affine.slice(1)];
    const turned = canonical({ grid: { shape: [2, 3, 4], affine }, values: flipped });
    expect(mapPlanes(turned)).toEqual(mapPlanes(map()));
  });

  it("are one of a slice, and none of a map of nothing", () => {
    const values = Float32Array.from([0, 1, Number.NaN, 0.5]);
    const slice = mapPlanes({ grid: { shape: [2, 1, 2], affine: map().grid.affine }, values })!;
    expect(slice.planes.map(({ plane }) => plane)).toEqual(["coronal"]);
    const { picture } = slice.planes[0]!;
    expect([pixel(picture, 0, 0), pixel(picture, 1, 1)]).toEqual([
      [178, 24, 43],
      [128, 128, 128],
    ]);
    expect(
      mapPlanes({ grid: { shape: [1, 1, 2], affine: map().grid.affine }, values: new Float32Array(2) }),
    ).toBeNull();
  });
});

describe("the scale of a map", () => {
  it("goes from the colour of the lowest value over white to that of the highest", () => {
    const scale = colourScale(mapColour, -1);
    const last = scale.width - 1;
    expect([0, last / 2, last].map((x) => pixel(scale, x, scale.height - 1))).toEqual([
      [33, 102, 172],
      [255, 255, 255],
      [178, 24, 43],
    ]);
    expect(pixel(colourScale(greyOf, 0), 60, 0)).toEqual([128, 128, 128]);
  });
});

describe("a PNG", () => {
  it("holds the pixels, and the checksums of the specification", () => {
    const rgb = Uint8Array.from({ length: 18 }, (_, i) => i * 14);
    const file = Buffer.from(pngOf({ width: 3, height: 2, rgb }));
    expect(file.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect(file.readUInt32BE(16)).toBe(3);
    expect(file.readUInt32BE(20)).toBe(2);
    // The end has no content: its checksum is the same in every PNG.
    expect(file.subarray(-12).toString("hex")).toBe("0000000049454e44ae426082");
    const length = file.readUInt32BE(33);
    const lines = inflateSync(file.subarray(41, 41 + length));
    expect([...lines]).toEqual([0, ...rgb.subarray(0, 9), 0, ...rgb.subarray(9)]);
  });
});
