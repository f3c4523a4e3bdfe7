/** A head that lies otherwise in the scanner. */
import { type Affine, affineOfColumns, stepOf, toWorld } from "../../space/affine";
import { pullVoxels } from "../../space/resample";
import { type Axis, type Triple, tripleOf } from "../../space/triple";
import type { Grid } from "./grid";

/**
 * The image rotated about its middle (degrees about x, then y, then z) and moved (voxels): linear interpolation, the smallest
 * value outside. `voxelSize`: millimetres, of which the proportions count, so that a head keeps its shape.
 */
export function resampleRigid(
  values: Float32Array,
  grid: Grid,
  degrees: Triple,
  translation: Triple,
  voxelSize: Triple = [1, 1, 1],
): Float32Array {
  const [nx, ny, nz] = grid.size;
  const middle = tripleOf((axis) => (grid.size[axis] - 1) / 2);
  const outside = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const turned = inVoxels(rotation(degrees), voxelSize);
  const kept = toWorld(turned, middle);
  const origin = tripleOf((axis) => middle[axis] + translation[axis] - kept[axis]);
  const pull = affineOfColumns([stepOf(turned, 0), stepOf(turned, 1), stepOf(turned, 2)], origin);
  const result = new Float32Array(values.length);
  for (let channel = 0; channel < grid.channels; channel++) {
    const image = values.subarray(channel * nx * ny * nz, (channel + 1) * nx * ny * nz);
    result.set(
      pullVoxels(image, grid.size, grid.size, pull, { interpolation: "linear", outside }),
      channel * nx * ny * nz,
    );
  }
  return result;
}

/** Rz Ry Rx: about x first, then y, then z, counter-clockwise. */
export function rotation(degrees: Triple): Affine {
  const [sx, sy, sz] = tripleOf((axis) => Math.sin((degrees[axis] * Math.PI) / 180));
  const [cx, cy, cz] = tripleOf((axis) => Math.cos((degrees[axis] * Math.PI) / 180));
  return affineOfColumns(
    [
      [cz * cy, sz * cy, -sy],
      [cz * sy * sx - sz * cx, sz * sy * sx + cz * cx, cy * sx],
      [cz * sy * cx + sz * sx, sz * sy * cx - cz * sx, cy * cx],
    ],
    [0, 0, 0],
  );
}

/** A rotation of millimetres as one of voxels. */
function inVoxels(turned: Affine, size: Triple): Affine {
  const column = (axis: Axis) => {
    const step = stepOf(turned, axis);
    return tripleOf((row) => (step[row] * size[axis]) / size[row]);
  };
  return affineOfColumns([column(0), column(1), column(2)], [0, 0, 0]);
}
