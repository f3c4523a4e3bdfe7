/** The array that a transform works on: channels, then three axes; a slice has a third axis of one. */
import type { Triple } from "../../space/triple";

export interface Grid {
  readonly channels: number;
  readonly size: Triple;
  /** Axes along which the input extends: 0, 1, 2 for a volume, 0, 1 for a slice. */
  readonly axes: readonly number[];
}

/** From [channels, ...spatial]. */
export function gridOf([channels = 1, ...spatial]: readonly number[]): Grid {
  const [nx = 1, ny = 1, nz = 1] = spatial;
  return { channels, size: [nx, ny, nz], axes: spatial.map((_, axis) => axis) };
}

/** Distance in memory between neighbours along an axis. */
function strideOf({ size }: Grid, axis: number): number {
  return size.slice(axis + 1).reduce((product, length) => product * length, 1);
}

/** Replaces every line of voxels along `axis` by what `action` makes of it; `line` is a copy, `result` is written back. */
export function mapLines(
  values: Float32Array,
  grid: Grid,
  axis: number,
  action: (line: Float32Array, result: Float32Array) => void,
): void {
  const length = grid.size[axis]!;
  const stride = strideOf(grid, axis);
  const line = new Float32Array(length);
  const result = new Float32Array(length);
  for (let block = 0; block < values.length; block += stride * length) {
    for (let start = block; start < block + stride; start++) {
      for (let i = 0, at = start; i < length; i++, at += stride) line[i] = values[at]!;
      action(line, result);
      for (let i = 0, at = start; i < length; i++, at += stride) values[at] = result[i]!;
    }
  }
}
