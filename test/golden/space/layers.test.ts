/** Layers over an image of another orientation, oblique or of other voxels, against nibabel's `resample_from_to`. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { fileSource, readNiftiSeries, readStoredVolume } from "../../../src/data/nifti/niftiSeries";
import { type Affine, toWorld } from "../../../src/space/affine";
import type { Interpolation } from "../../../src/space/sampling";
import { AXES, type Axis, type Triple } from "../../../src/space/triple";
import { LayerSource, type PlacedVolume } from "../../../webview/shared/volume/layerSource";
import { fileStrides, replaceAxis, tensorStrides, valueAt } from "../../../webview/shared/volume/volume";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const FILES = ["golden/i_space.json", "golden/i_space.safetensors", "golden/i_space"];
const triple = z.tuple([z.number(), z.number(), z.number()]);
const schema = z.object({
  resample_from_to: z.array(
    z.object({
      input: z.string(),
      tensor: z.string(),
      order: z.union([z.literal(0), z.literal(1), z.literal(3)]),
      mode: z.string(),
      cval: z.number(),
      to_shape: triple,
      to_affine: z.array(z.array(z.number())),
    }),
  ),
});
const INTERPOLATION = { 0: "nearest", 1: "linear", 3: "cubic" } as const;

describeWithReference("layers over an image as nibabel resamples them", FILES, () => {
  const cases = schema.parse(JSON.parse(readFileSync(reference("golden/i_space.json"), "utf8")));
  const tensors = readSafetensors(reference("golden/i_space.safetensors"));
  const constant = cases.resample_from_to.filter(({ mode }) => mode === "constant");

  async function placed(name: string): Promise<PlacedVolume> {
    const source = fileSource(reference(`golden/i_space/${name}.nii.gz`));
    const series = await readNiftiSeries(source);
    const { shape: size, slope, intercept, affine } = series.header;
    const data = await readStoredVolume(source, series, 0);
    return { volume: { size, strides: fileStrides(size), data, slope, intercept }, affine };
  }

  it("has cases of three interpolations", () => {
    expect(new Set(constant.map(({ order }) => order))).toEqual(new Set([0, 1, 3]));
  });

  it.each(constant)("$tensor, in slices through each axis and voxel by voxel", async (golden) => {
    const { to_shape: size, to_affine: affine, order, cval, tensor } = golden;
    const interpolation = INTERPOLATION[order];
    const layer = new LayerSource(await placed(golden.input), { size, affine });
    const expected = Float64Array.from(tensors.get(tensor)!.data, Number);
    const sure = tensors.get(`${tensor}/sure`)?.data;
    // Where the layer does not reach nibabel gives the value it is told, and a layer none.
    const value = (got: number) => (Number.isNaN(got) ? cval : got);
    const got = AXES.map((through) => slicedThrough(layer, size, through, interpolation));
    const compared = voxelsOf(size).filter((_, at) => sure === undefined || Number(sure[at]) === 1);
    const [x, y, z] = tensorStrides(size);
    const index = (voxel: Triple) => voxel[0] * x + voxel[1] * y + voxel[2] * z;
    const worst = (values: (voxel: Triple) => number) =>
      compared.reduce(
        (most, voxel) => Math.max(most, Math.abs(value(values(voxel)) - expected[index(voxel)]!)),
        0,
      );
    const tolerance = 1e-5 * expected.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    expect(compared.length).toBeGreaterThan(expected.length / 4);
    for (const slices of got) expect(worst((voxel) => slices[index(voxel)]!)).toBeLessThanOrEqual(tolerance);
    expect(worst((voxel) => layer.at(voxel, interpolation))).toBeLessThanOrEqual(tolerance);
  });

  it("keeps the left on the left, of an image that is stored as LAS over one that is stored as RAS", () => {
    const size: Triple = [10, 6, 4];
    const ras: Affine = [
      [2, 0, 0, -9],
      [0, 2, 0, -5],
      [0, 0, 2, -3],
      [0, 0, 0, 1],
    ];
    const las: Affine = [
      [-2, 0, 0, 9],
      [0, 2, 0, -5],
      [0, 0, 2, -3],
      [0, 0, 0, 1],
    ];
    const data = new Uint8Array(10 * 6 * 4);
    const marked: Triple = [8, 4, 2];
    data[marked[0] + 10 * marked[1] + 60 * marked[2]] = 1;
    const volume = { size, strides: fileStrides(size), data, slope: 1, intercept: 0 };
    const layer = new LayerSource({ volume, affine: las }, { size, affine: ras });
    const world = toWorld(las, marked);
    expect(world[0]).toBeLessThan(0);
    const found = voxelsOf(size).filter((voxel) => layer.at(voxel, "nearest") === 1);
    expect(found.map((voxel) => toWorld(ras, voxel))).toEqual([world]);
  });
});

/** In the order of tensors. */
const voxelsOf = ([nx, ny, nz]: Triple): readonly Triple[] =>
  Array.from(
    { length: nx * ny * nz },
    (_, i): Triple => [Math.floor(i / (ny * nz)), Math.floor(i / nz) % ny, i % nz],
  );

/** The whole of a layer, slice by slice. */
function slicedThrough(
  layer: LayerSource,
  size: Triple,
  through: Axis,
  interpolation: Interpolation,
): Float64Array {
  const slices = Array.from({ length: size[through] }, (_, index) =>
    layer.slice(through, index, interpolation),
  );
  return Float64Array.from(voxelsOf(size), (voxel) =>
    valueAt(slices[voxel[through]]!, replaceAxis(voxel, through, 0)),
  );
}
