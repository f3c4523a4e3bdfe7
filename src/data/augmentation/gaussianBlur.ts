import { type Grid, mapLines } from "./grid";

/**
 * Gaussian filter of standard deviation `sigma` (voxels) along one axis, in place: weights up to four deviations, reflected at
 * the ends (d c b a | a b c d | d c b a), as `scipy.ndimage.gaussian_filter`.
 */
export function blurAlong(values: Float32Array, grid: Grid, axis: number, sigma: number): void {
  if (sigma <= 0) return;
  const weights = gaussianWeights(sigma);
  const radius = (weights.length - 1) / 2;
  const length = grid.size[axis]!;
  const sources = Array.from({ length: length + 2 * radius }, (_, i) => reflect(i - radius, length));
  mapLines(values, grid, axis, (line, result) => {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * line[sources[i + k]!]!;
      result[i] = sum;
    }
  });
}

function gaussianWeights(sigma: number): number[] {
  const radius = Math.floor(4 * sigma + 0.5);
  const raw = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return raw.map((weight) => weight / total);
}

function reflect(index: number, length: number): number {
  const period = 2 * length;
  const within = ((index % period) + period) % period;
  return within < length ? within : period - 1 - within;
}
