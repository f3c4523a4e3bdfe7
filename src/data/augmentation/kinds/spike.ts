import type { RandomGenerator } from "../../../network/weights/random";
import { type Triple, tripleOf } from "../../../space/triple";
import { type DrawnRange, uniform, wholeNumber } from "../drawing";
import type { Grid } from "../grid";
import type { AugmentationKind } from "../kind";
import { meanOf } from "../valueFacts";

export interface SpikeSettings {
  readonly spikes: DrawnRange;
  readonly intensity: DrawnRange;
}

export interface DrawnSpike {
  readonly kind: "spike";
  /** Times the largest value of k-space. */
  readonly intensity: number;
  /** Places of the spikes: turns over the image along x, y, z. */
  readonly frequencies: readonly Triple[];
}

/** Spikes in k-space, each at a random place, as torchio's RandomSpike: stripes over the image. */
export const spike: AugmentationKind<SpikeSettings, DrawnSpike> = {
  draw({ spikes, intensity: [low, high] }, { grid }, random) {
    const intensity = uniform(random, low, high);
    const count = wholeNumber(random, spikes);
    const frequencies = Array.from({ length: count }, () => anyFrequency(random, grid));
    return { kind: "spike", intensity, frequencies };
  },

  apply(values, grid, { intensity, frequencies }) {
    for (const frequency of frequencies) addWave(values, grid, frequency, intensity);
  },
};

export const anyFrequency = (random: RandomGenerator, { size }: Grid): Triple =>
  tripleOf((axis) => random.integer(size[axis]) - Math.floor(size[axis] / 2));

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
    const mean = meanOf(image);
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
