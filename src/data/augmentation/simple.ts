/** ClinicaDL's own transforms: Noise, Erasing, CropPad, Smoothing. All work in place. */
import type { RandomGenerator } from "../../network/weights/random";
import { blurAlong } from "./gaussianBlur";
import type { Grid } from "./grid";

export const uniform = (random: RandomGenerator, low: number, high: number) =>
  low + (high - low) * random.uniform();

/** Adds N(0, sigma), sigma ~ U(0, 0.1). */
export function noise(values: Float32Array, _: Grid, random: RandomGenerator): void {
  const sigma = uniform(random, 0, 0.1);
  for (let i = 0; i < values.length; i++) values[i]! += sigma * random.normal();
}

/**
 * torchvision's RandomErasing with its defaults: with probability 1/2 a rectangle of the last two axes, 2 to 33 % of their area
 * and 0.3 to 3.3 in proportion, becomes 0 in every plane.
 */
export function erasing(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  if (random.uniform() >= 0.5) return;
  const [height, width] = grid.axes.slice(-2).map((axis) => grid.size[axis]!) as [number, number];
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = height * width * uniform(random, 0.02, 0.33);
    const proportion = Math.exp(uniform(random, Math.log(0.3), Math.log(3.3)));
    const h = Math.round(Math.sqrt(area * proportion));
    const w = Math.round(Math.sqrt(area / proportion));
    if (h >= height || w >= width) continue;
    const top = random.integer(height - h + 1);
    const left = random.integer(width - w + 1);
    for (let plane = 0; plane < values.length; plane += height * width) {
      for (let row = top; row < top + h; row++) {
        const start = plane + row * width + left;
        values.fill(0, start, start + w);
      }
    }
    return;
  }
}

/** Shifts by a whole number of voxels from -10 to 9 along each axis; what enters is 0. The last axis is drawn first. */
export function cropPad(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const shift = [0, 0, 0];
  for (const axis of [...grid.axes].reverse()) shift[axis] = random.integer(20) - 10;
  const original = values.slice();
  const [nx, ny, nz] = grid.size;
  let to = 0;
  for (let channel = 0; channel < grid.channels; channel++) {
    for (let x = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++) {
        for (let z = 0; z < nz; z++, to++) {
          const [fx, fy, fz] = [x + shift[0]!, y + shift[1]!, z + shift[2]!];
          const within = fx >= 0 && fx < nx && fy >= 0 && fy < ny && fz >= 0 && fz < nz;
          values[to] = within ? original[((channel * nx + fx) * ny + fy) * nz + fz]! : 0;
        }
      }
    }
  }
}

/**
 * Gaussian filter, sigma ~ U(0, 1) voxels along every axis, that of the channels included, as in ClinicaDL: the three of a slice
 * are equal, unless Noise came before.
 */
export function smoothing(values: Float32Array, grid: Grid, random: RandomGenerator): void {
  const sigma = uniform(random, 0, 1);
  for (const axis of grid.axes) blurAlong(values, grid, axis, sigma);
  const { channels } = grid;
  if (channels === 1) return;
  const acrossChannels: Grid = { channels: 1, size: [channels, values.length / channels, 1], axes: [0] };
  blurAlong(values, acrossChannels, 0, sigma);
}
