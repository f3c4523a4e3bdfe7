/** Transforms that move voxels against scipy, in float64; tolerances of the golden numbers' own page. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { applyDrawn } from "../../../src/data/augmentation/augmentation";
import { Bending, inVoxels } from "../../../src/data/augmentation/bending";
import { gridOf } from "../../../src/data/augmentation/grid";
import { move } from "../../../src/data/augmentation/move";
import { readNifti } from "../../../src/data/nifti/nifti";
import { affineOfColumns } from "../../../src/space/affine";
import type { Triple } from "../../../src/space/triple";
import { describeWithReference, reference } from "../../support/reference";
import { readSafetensors } from "../../support/safetensors";

const FILES = ["golden/i_space.json", "golden/i_space.safetensors", "golden/i_space"];

const triple = z.tuple([z.number(), z.number(), z.number()]);
const order = z.union([z.literal(0), z.literal(1), z.literal(3)]);
const made = { input: z.string(), tensor: z.string() };
const outside = { order, mode: z.enum(["constant", "nearest"]), cval: z.number() };
const schema = z.object({
  flip: z.array(z.object({ ...made, axes: z.array(z.number()) })),
  affine_voxel: z.array(
    z.object({ ...made, ...outside, matrix: z.tuple([triple, triple, triple]), offset: triple }),
  ),
  affine_world: z.array(
    z.object({ ...made, ...outside, scales: triple, degrees: triple, translation_mm: triple }),
  ),
  elastic: z.array(
    z.object({
      ...made,
      ...outside,
      control_points: z.string(),
      control_grid: triple,
      voxel_sizes: triple,
      displacement: z.string(),
    }),
  ),
});

const INTERPOLATION = { 0: "nearest", 1: "linear", 3: "cubic" } as const;
const samplingOf = ({ order, mode, cval }: z.infer<z.ZodObject<typeof outside>>) => ({
  interpolation: INTERPOLATION[order],
  padding: mode === "nearest" ? mode : cval,
});

describeWithReference("transforms that move voxels", FILES, () => {
  const cases = schema.parse(JSON.parse(readFileSync(reference("golden/i_space.json"), "utf8")));
  const tensors = readSafetensors(reference("golden/i_space.safetensors"));

  const read = async (name: string) => {
    const { header, data } = await readNifti(reference(`golden/i_space/${name}.nii.gz`));
    return { grid: gridOf([1, ...header.shape]), affine: header.affine, values: new Float32Array(data) };
  };

  const expectNear = (got: ArrayLike<number>, name: string, tolerance: number) => {
    const { data: expected } = tensors.get(name)!;
    const sure = tensors.get(`${name}/sure`)?.data;
    expect(got.length).toBe(expected.length);
    const isSure = (_: unknown, at: number) => sure === undefined || Number(sure[at]) === 1;
    const pairs = Array.from(got, (value, at) => [value, Number(expected[at])] as const);
    const most = pairs.reduce((largest, [, value]) => Math.max(largest, Math.abs(value)), 0);
    const compared = pairs.filter(isSure);
    const worst = compared.reduce((far, [a, b]) => Math.max(far, Math.abs(a - b)), 0);
    expect(compared.length).toBeGreaterThan(pairs.length / 4);
    expect(worst).toBeLessThanOrEqual(tolerance * most);
  };

  it.each(cases.flip)("$tensor", async ({ input, tensor, axes }) => {
    const { grid, values } = await read(input);
    applyDrawn(values, grid, [{ kind: "flip", axes }]);
    expectNear(values, tensor, 0);
  });

  it.each(cases.affine_voxel)("$tensor", async ({ input, tensor, matrix, offset, ...golden }) => {
    const { grid, values } = await read(input);
    const column = (axis: 0 | 1 | 2): Triple => [matrix[0][axis], matrix[1][axis], matrix[2][axis]];
    const pull = affineOfColumns([column(0), column(1), column(2)], offset);
    move(values, grid, { pull, bending: null, ...samplingOf(golden) });
    expectNear(values, tensor, 1e-5);
  });

  it.each(cases.affine_world)(
    "$tensor",
    async ({ input, tensor, scales, degrees, translation_mm: translation, ...golden }) => {
      const { grid, affine, values } = await read(input);
      const drawn = { scales, degrees, translation, shear: [0, 0, 0], affine } as const;
      applyDrawn(values, grid, [{ kind: "affine", ...drawn, ...samplingOf(golden) }]);
      expectNear(values, tensor, 1e-5);
    },
  );

  it.each(cases.elastic)(
    "$tensor",
    async ({
      input,
      tensor,
      control_points,
      control_grid: size,
      voxel_sizes: voxelSize,
      displacement,
      ...golden
    }) => {
      const { grid, values } = await read(input);
      const displacements = Array.from(tensors.get(control_points)!.data, Number);
      const drawn = { kind: "elastic", size, displacements, voxelSize, ...samplingOf(golden) } as const;
      expectNear(displacementOf(size, displacements, voxelSize, grid.size), displacement, 1e-5);
      applyDrawn(values, grid, [drawn]);
      expectNear(values, tensor, 1e-5);
    },
  );
});

/** [x, y, z, axis], in voxels. */
function displacementOf(points: Triple, millimetres: readonly number[], voxelSize: Triple, shape: Triple) {
  const bend = new Bending({ size: points, displacements: inVoxels(millimetres, voxelSize) }, shape);
  const found: number[] = [];
  for (let x = 0; x < shape[0]; x++) {
    for (let y = 0; y < shape[1]; y++) {
      const [xs, ys, zs] = [0, 1, 2].map(() => new Float64Array(shape[2])) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      bend.addTo(x, y, xs, ys, zs);
      for (let z = 0; z < shape[2]; z++) found.push(xs[z]!, ys[z]!, zs[z]!);
    }
  }
  return found;
}
