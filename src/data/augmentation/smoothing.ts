import { blurAlong } from "./gaussianBlur";
import type { Grid } from "./grid";

export interface DrawnSmoothing {
  readonly kind: "smoothing";
  /** Voxels. */
  readonly sigma: number;
}

/**
 * Gaussian filter along every axis, that of the channels included, as ClinicaDL's Smoothing: the three of a slice are equal, unless
 * Noise came before. In place.
 */
export function smooth(values: Float32Array, grid: Grid, { sigma }: DrawnSmoothing): void {
  for (const axis of grid.axes) blurAlong(values, grid, axis, sigma);
  const { channels } = grid;
  if (channels === 1) return;
  const acrossChannels: Grid = { channels: 1, size: [channels, values.length / channels, 1], axes: [0] };
  blurAlong(values, acrossChannels, 0, sigma);
}
