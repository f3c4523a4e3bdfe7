import { type Triple, tripleOf } from "../../../space/triple";
import type { Grid } from "../grid";
import type { AugmentationKind } from "../kind";

export interface SwapSettings {
  /** Edge in voxels. */
  readonly size: number;
  readonly exchanges: number;
}

export interface DrawnSwap {
  readonly kind: "swap";
  /** Voxels along x, y, z of what changes places. */
  readonly size: Triple;
  /** Corners of the two places of each exchange. */
  readonly exchanges: readonly (readonly [Triple, Triple])[];
}

/** Exchanges two cubes (less where the input is smaller), again and again, as torchio's RandomSwap (Chen et al., 2019). */
export const swap: AugmentationKind<SwapSettings, DrawnSwap> = {
  draw({ size: edge, exchanges }, { grid }, random) {
    const size = tripleOf((axis) => Math.min(edge, grid.size[axis]));
    const corner = () => tripleOf((axis) => random.integer(grid.size[axis] - size[axis] + 1));
    return {
      kind: "swap",
      size,
      exchanges: Array.from({ length: exchanges }, () => [corner(), corner()] as const),
    };
  },

  apply(values, grid, { size, exchanges }) {
    for (const [first, second] of exchanges) swapCubes(values, grid, size, first, second);
  },
};

/** As torchio: the second place gets the first cube, then the first place what the second had been. */
function swapCubes(values: Float32Array, grid: Grid, size: Triple, first: Triple, second: Triple): void {
  const [nx, ny, nz] = grid.size;
  const row = ([cx, cy, cz]: Triple, channel: number, x: number, y: number) =>
    ((channel * nx + cx + x) * ny + cy + y) * nz + cz;
  const rows: { at: number; from: number; kept: [Float32Array, Float32Array] }[] = [];
  for (let channel = 0; channel < grid.channels; channel++) {
    for (let x = 0; x < size[0]; x++) {
      for (let y = 0; y < size[1]; y++) {
        const [a, b] = [row(first, channel, x, y), row(second, channel, x, y)];
        rows.push({ at: a, from: b, kept: [values.slice(a, a + size[2]), values.slice(b, b + size[2])] });
      }
    }
  }
  for (const { from, kept } of rows) values.set(kept[0], from);
  for (const { at, kept } of rows) values.set(kept[1], at);
}
