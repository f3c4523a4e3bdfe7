/** What nibabel and scipy make of images: orientation, resampling, conforming; tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { readImageInSpace } from "../../../src/data/nifti/imageInSpace";
import { readNifti } from "../../../src/data/nifti/nifti";
import { type Affine, affineOfColumns, voxelSizesOf } from "../../../src/space/affine";
import type { Grid, SpatialImage } from "../../../src/space/grid";
import { axisCodes, orientationOf, orientationOfCodes } from "../../../src/space/orientation";
import { canonical, reorient } from "../../../src/space/reorient";
import { pullVoxels, resample, type Sampling } from "../../../src/space/resample";
import type { SpaceRule } from "../../../src/space/spaceRule";
import type { Triple } from "../../../src/space/triple";
import { alignedGrid, conformedGrid } from "../../support/nibabelGrids";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const FILES = ["golden/i_space.json", "golden/i_space.safetensors", "golden/i_space"];
const INPUTS = ["las", "ras_oblique", "psr", "las_oblique"] as const;

const triple = z.tuple([z.number(), z.number(), z.number()]);
const matrix = z.array(z.array(z.number()));
const input = z.enum(INPUTS);
const order = z.union([z.literal(0), z.literal(1), z.literal(3)]);
const outside = { order, mode: z.enum(["constant", "nearest"]), cval: z.number() };
const made = { input, tensor: z.string() };
const schema = z.object({
  inputs: z.array(
    z.object({
      file: z.string(),
      shape: triple,
      affine: matrix,
      axcodes: z.string(),
      zooms: triple,
      voxel_1: z.object({ index: triple, value: z.number() }),
    }),
  ),
  canonical: z.array(z.object({ ...made, shape: triple, affine: matrix, axcodes: z.string() })),
  resample_from_to: z.array(z.object({ ...made, ...outside, to_shape: triple, to_affine: matrix })),
  resample_to_output: z.array(
    z.object({ ...made, order, voxel_sizes: triple.nullable(), shape: triple, affine: matrix }),
  ),
  conform: z.array(
    z.object({
      ...made,
      order,
      out_shape: triple,
      voxel_size: triple,
      orientation: z.string(),
      affine: matrix,
    }),
  ),
  crop_or_pad: z.array(
    z.object({ ...made, target: triple, rule: z.enum(["floor", "ceil"]), affine: matrix }),
  ),
  flip: z.array(z.object({ ...made, axes: z.array(z.number()), affine_that_keeps_the_world: matrix })),
  affine_voxel: z.array(
    z.object({ ...made, ...outside, matrix: z.tuple([triple, triple, triple]), offset: triple }),
  ),
  affine_world: z.array(z.object({ ...made, ...outside, voxel_matrix_pull: matrix })),
});

const INTERPOLATION = { 0: "nearest", 1: "linear", 3: "cubic" } as const;
const samplingOf = ({ order, mode, cval }: z.infer<z.ZodObject<typeof outside>>): Sampling => ({
  interpolation: INTERPOLATION[order],
  outside: mode === "nearest" ? "edge" : cval,
});

describeWithReference("space as nibabel and scipy have it", FILES, () => {
  const cases = schema.parse(JSON.parse(readFileSync(reference("golden/i_space.json"), "utf8")));
  const tensors = readSafetensors(reference("golden/i_space.safetensors"));

  const read = async (name: (typeof INPUTS)[number]): Promise<SpatialImage> => {
    const { header, data } = await readNifti(reference(`golden/i_space/${name}.nii.gz`));
    return { grid: { shape: header.shape, affine: header.affine }, values: data };
  };

  const expectAffine = (got: Affine, expected: Affine) => {
    for (const [i, row] of expected.entries()) {
      for (const [j, value] of row.entries()) expect(got[i]![j]).toBeCloseTo(value, 10);
    }
  };

  const expectVoxels = (got: Float32Array, name: string, tolerance: number) => {
    const { data: expected } = tensors.get(name)!;
    const sure = tensors.get(`${name}/sure`)?.data;
    expect(got.length).toBe(expected.length);
    let most = 0;
    let worst = 0;
    let compared = 0;
    for (const [at, value] of got.entries()) {
      most = Math.max(most, Math.abs(Number(expected[at])));
      if (sure !== undefined && Number(sure[at]) !== 1) continue;
      compared++;
      worst = Math.max(worst, Math.abs(value - Number(expected[at])));
    }
    expect(compared).toBeGreaterThan(got.length / 4);
    expect(worst).toBeLessThanOrEqual(tolerance * most);
  };

  const expectImage = ({ grid, values }: SpatialImage, expected: Grid, name: string, tolerance = 1e-5) => {
    expect(grid.shape).toEqual(expected.shape);
    expectAffine(grid.affine, expected.affine);
    expectVoxels(values, name, tolerance);
  };

  it.each(cases.inputs)("the affine of $file", async ({ file, shape, affine, axcodes, zooms, voxel_1 }) => {
    const { header, data } = await readNifti(reference(`golden/${file}`));
    expect(header.shape).toEqual(shape);
    expect(header.affine).toEqual(affine);
    expect(axisCodes(orientationOf(header.affine))).toBe(axcodes);
    for (const [axis, size] of voxelSizesOf(header.affine).entries())
      expect(size).toBeCloseTo(zooms[axis]!, 6);
    const [x, y, z] = voxel_1.index;
    expect(data[(x * shape[1] + y) * shape[2] + z]).toBe(voxel_1.value);
  });

  it.each(cases.canonical)("$tensor", async ({ input, tensor, shape, affine, axcodes }) => {
    const result = canonical(await read(input));
    expect(axisCodes(orientationOf(result.grid.affine))).toBe(axcodes);
    expectImage(result, { shape, affine }, tensor, 0);
  });

  it.each(cases.flip)("$tensor, each voxel at its place in the world", async (flipped) => {
    const image = await read(flipped.input);
    const [x, y, z] = orientationOf(image.grid.affine).map((meaning, axis) => ({
      ...meaning,
      positive: meaning.positive !== flipped.axes.includes(axis),
    }));
    const result = reorient(image, [x!, y!, z!]);
    const expected = { shape: image.grid.shape, affine: flipped.affine_that_keeps_the_world };
    expectImage(result, expected, flipped.tensor, 0);
  });

  it.each(cases.resample_from_to)("$tensor", async (golden) => {
    const target = { shape: golden.to_shape, affine: golden.to_affine };
    expectImage(resample(await read(golden.input), target, samplingOf(golden)), target, golden.tensor);
  });

  it.each(cases.resample_to_output)(
    "$tensor",
    async ({ input, tensor, order, voxel_sizes, shape, affine }) => {
      const image = await read(input);
      const target = alignedGrid(image.grid, voxel_sizes ?? [1, 1, 1]);
      const sampling = { interpolation: INTERPOLATION[order], outside: 0 };
      expectImage(resample(image, target, sampling), { shape, affine }, tensor);
    },
  );

  it.each(cases.conform)("$tensor", async ({ input, tensor, order, orientation, ...golden }) => {
    const image = await read(input);
    const target = conformedGrid(
      image.grid,
      orientationOfCodes(orientation)!,
      golden.voxel_size,
      golden.out_shape,
    );
    const sampling = { interpolation: INTERPOLATION[order], outside: 0 };
    expectImage(
      resample(image, target, sampling),
      { shape: golden.out_shape, affine: golden.affine },
      tensor,
    );
  });

  const readAs = (name: (typeof INPUTS)[number], rule: SpaceRule) =>
    readImageInSpace(reference(`golden/i_space/${name}.nii.gz`), rule);

  // Those of the first input lie along the axes of the world: others are turned by nibabel, and keep their axes here.
  const straight = cases.resample_to_output.filter(({ input, order }) => input === "las" && order > 0);

  it.each(straight)(
    "$tensor, by the key space",
    async ({ input, tensor, voxel_sizes, order, ...expected }) => {
      const interpolation = order === 3 ? "cubic" : "linear";
      const rule = { orientation: "canonical", voxel_size: voxel_sizes!, interpolation } as const;
      expectImage(await readAs(input, rule), expected, tensor);
    },
  );

  it.each(cases.crop_or_pad.filter(({ rule }) => rule === "floor"))(
    "$tensor, by the key space",
    async ({ input, tensor, target, affine }) => {
      const image = await readAs(input, { orientation: "stored", size: target });
      expectImage(image, { shape: target, affine }, tensor, 0);
    },
  );

  it.each(cases.affine_voxel)("$tensor", async ({ input, tensor, matrix, offset, ...golden }) => {
    const { grid, values } = await read(input);
    const column = (axis: 0 | 1 | 2): Triple => [matrix[0][axis], matrix[1][axis], matrix[2][axis]];
    const pull = affineOfColumns([column(0), column(1), column(2)], offset);
    expectVoxels(pullVoxels(values, grid.shape, grid.shape, pull, samplingOf(golden)), tensor, 1e-5);
  });

  it.each(cases.affine_world)("$tensor", async ({ input, tensor, voxel_matrix_pull, ...golden }) => {
    const { grid, values } = await read(input);
    const got = pullVoxels(values, grid.shape, grid.shape, voxel_matrix_pull, samplingOf(golden));
    expectVoxels(got, tensor, 1e-5);
  });
});
