/**
 * Artefacts of scanners, as torchio documents its RandomBiasField, RandomBlur, RandomSwap, RandomSpike, RandomGhosting and
 * RandomMotion, with ClinicaDL's parameters. All work in place.
 */
import type { RandomGenerator } from "../../network/weights/random";
import type { Triple } from "../../space/triple";
import { filterFrequencies } from "./frequencies";
import { blurAlong } from "./gaussianBlur";
import type { Grid } from "./grid";
import { resampleRigid } from "./rigid";
import { uniform } from "./simple";

/** Multiplies by exp of a polynomial of order 3 in coordinates from -1 to 1, coefficients ~ U(-0.5, 0.5). */
export function biasField(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const powers = [0, 1, 2, 3];
  const terms = powers.flatMap((i) =>
    powers.flatMap((j) =>
      powers.filter((k) => i + j + k <= 3).map((k) => ({ i, j, k, coefficient: uniform(random, -0.5, 0.5) })),
    ),
  );
  const [nx, ny, nz] = grid.size;
  const voxels = nx * ny * nz;
  let voxel = 0;
  for (let x = 0; x < nx; x++) {
    for (let y = 0; y < ny; y++) {
      const [u, v] = [coordinate(x, nx), coordinate(y, ny)];
      // Along z what is left is a polynomial of one variable.
      const row: [number, number, number, number] = [0, 0, 0, 0];
      for (const { i, j, k, coefficient } of terms) row[k] = (row[k] ?? 0) + coefficient * u ** i * v ** j;
      const [c0, c1, c2, c3] = row;
      for (let z = 0; z < nz; z++, voxel++) {
        const w = coordinate(z, nz);
        const gain = Math.exp(c0 + w * (c1 + w * (c2 + w * c3)));
        for (let at = voxel; at < values.length; at += voxels) values[at]! *= gain;
      }
    }
  }
}

const coordinate = (at: number, length: number) => (length === 1 ? 0 : (2 * at) / (length - 1) - 1);

/** Gaussian filter whose sigma ~ U(0, 2) voxels is drawn for each axis. */
export function randomBlur(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  for (const axis of grid.axes) blurAlong(values, grid, axis, uniform(random, 0, 2));
}

/** Exchanges two cubes of 15 voxels (less where the input is smaller), a hundred times. */
export function randomSwap(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const size = grid.size.map((length) => Math.min(15, length)) as [number, number, number];
  const corner = () => grid.size.map((length, axis) => random.integer(length - size[axis]! + 1));
  for (let exchange = 0; exchange < 100; exchange++) swapCubes(values, grid, size, corner(), corner());
}

/** As torchio: the second place gets the first cube, then the first place what the second had been. */
function swapCubes(
  values: Float32Array,
  grid: Grid,
  size: Triple,
  first: readonly number[],
  second: readonly number[],
): void {
  const [nx, ny, nz] = grid.size;
  const row = ([cx = 0, cy = 0, cz = 0]: readonly number[], channel: number, x: number, y: number) =>
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

/** One spike in k-space at a random place, 1 to 3 times as strong as its maximum. */
export function spike(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const strength = uniform(random, 1, 3);
  const frequency = grid.size.map((length) => random.integer(length) - Math.floor(length / 2));
  addWave(values, grid, frequency, strength);
}

/**
 * What a spike of k-space is in the image: a wave of `frequency` turns along each axis. Its height is `strength` times the mean:
 * the maximum of k-space is the sum of the voxels (frequency 0), as long as they are not negative.
 */
export function addWave(
  values: Float32Array,
  grid: Grid,
  frequency: readonly number[],
  strength: number,
): void {
  const [nx, ny, nz] = grid.size;
  const [fx = 0, fy = 0, fz = 0] = frequency;
  const voxels = nx * ny * nz;
  for (let channel = 0; channel < grid.channels; channel++) {
    const image = values.subarray(channel * voxels, (channel + 1) * voxels);
    const mean = image.reduce((sum, value) => sum + value, 0) / voxels;
    let voxel = 0;
    for (let x = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++) {
        for (let z = 0; z < nz; z++, voxel++) {
          const turns = (fx * x) / nx + (fy * y) / ny + (fz * z) / nz;
          image[voxel]! += strength * mean * Math.cos(2 * Math.PI * turns);
        }
      }
    }
  }
}

/** Weakens every n-th plane of k-space along one axis, n from 4 to 10, by half or more; 2 % in the middle stay. */
export function ghosting(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const ghosts = 4 + random.integer(7);
  const axis = grid.axes[random.integer(grid.axes.length)]!;
  const strength = uniform(random, 0.5, 1);
  const length = grid.size[axis]!;
  const middle = Math.floor(length / 2);
  const spared = Math.floor(Math.round(0.02 * length) / 2);
  const kept = Array.from({ length }, (_, plane) =>
    plane % ghosts !== 0 || Math.abs(plane - middle) <= spared ? 1 : 1 - strength,
  );
  filterFrequencies(values, grid, axis, kept);
}

/**
 * The head moves twice while k-space is filled plane by plane along one axis, after about one and two thirds of it: rotations of
 * 2 to 4 degrees, translations of 2 to 4 voxels. The unmoved position fills the middle.
 */
export function motion(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const axis = grid.axes[random.integer(grid.axes.length)]!;
  const length = grid.size[axis]!;
  const first = Math.floor(length * (1 / 3 + uniform(random, -0.1, 0.1)));
  const last = Math.floor(length * (2 / 3 + uniform(random, -0.1, 0.1)));
  const before = replacePlanes(values, grid, random, axis, (plane) => plane < first);
  const after = replacePlanes(values, grid, random, axis, (plane) => plane >= last);
  for (let voxel = 0; voxel < values.length; voxel++) values[voxel]! += before[voxel]! + after[voxel]!;
}

/** What changes when the chosen planes of k-space come from a moved head. */
function replacePlanes(
  values: Float32Array,
  grid: Grid,
  random: RandomGenerator,
  axis: number,
  chosen: (plane: number) => boolean,
): Float32Array {
  const draw = () => [uniform(random, 2, 4), uniform(random, 2, 4), uniform(random, 2, 4)] as const;
  const [degrees, translation] = [draw(), draw()];
  // A slice turns and moves in its plane.
  const flat = grid.axes.length === 2;
  const change = resampleRigid(
    values,
    grid,
    flat ? [0, 0, degrees[2]] : degrees,
    flat ? [translation[0], translation[1], 0] : translation,
  );
  for (let voxel = 0; voxel < change.length; voxel++) change[voxel]! -= values[voxel]!;
  const factors = Array.from({ length: grid.size[axis]! }, (_, plane) => (chosen(plane) ? 1 : 0));
  filterFrequencies(change, grid, axis, factors);
  return change;
}
