import type { Grid } from "./grid";

type Triple = readonly [number, number, number];

/**
 * The image rotated about its middle (degrees about x, then y, then z) and moved (voxels): linear interpolation, the smallest
 * value outside.
 */
export function resampleRigid(
  values: Float32Array,
  grid: Grid,
  degrees: Triple,
  translation: Triple,
): Float32Array {
  const [nx, ny, nz] = grid.size;
  const matrix = rotation(degrees);
  const middle = grid.size.map((length) => (length - 1) / 2) as [number, number, number];
  const outside = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const result = new Float32Array(values.length);
  const from = [0, 0, 0];
  let to = 0;
  for (let channel = 0; channel < grid.channels; channel++) {
    const image = values.subarray(channel * nx * ny * nz, (channel + 1) * nx * ny * nz);
    for (let x = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++) {
        for (let z = 0; z < nz; z++, to++) {
          for (let axis = 0; axis < 3; axis++) {
            const [a, b, c] = matrix[axis]!;
            from[axis] =
              a * (x - middle[0]) +
              b * (y - middle[1]) +
              c * (z - middle[2]) +
              middle[axis]! +
              translation[axis]!;
          }
          result[to] = interpolate(image, grid, from[0]!, from[1]!, from[2]!, outside);
        }
      }
    }
  }
  return result;
}

/** Rz Ry Rx. */
function rotation([ax, ay, az]: Triple): readonly [Triple, Triple, Triple] {
  const [sx, sy, sz] = [ax, ay, az].map((angle) => Math.sin((angle * Math.PI) / 180)) as [
    number,
    number,
    number,
  ];
  const [cx, cy, cz] = [ax, ay, az].map((angle) => Math.cos((angle * Math.PI) / 180)) as [
    number,
    number,
    number,
  ];
  return [
    [cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx],
    [sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx],
    [-sy, cy * sx, cy * cx],
  ];
}

function interpolate(
  image: Float32Array,
  { size: [nx, ny, nz] }: Grid,
  x: number,
  y: number,
  z: number,
  outside: number,
): number {
  if (x < 0 || y < 0 || z < 0 || x > nx - 1 || y > ny - 1 || z > nz - 1) return outside;
  const [x0, y0, z0] = [Math.floor(x), Math.floor(y), Math.floor(z)];
  const [x1, y1, z1] = [Math.min(x0 + 1, nx - 1), Math.min(y0 + 1, ny - 1), Math.min(z0 + 1, nz - 1)];
  const [fx, fy, fz] = [x - x0, y - y0, z - z0];
  const along = (i: number, j: number) => {
    const row = (i * ny + j) * nz;
    return image[row + z0]! * (1 - fz) + image[row + z1]! * fz;
  };
  const plane = (i: number) => along(i, y0) * (1 - fy) + along(i, y1) * fy;
  return plane(x0) * (1 - fx) + plane(x1) * fx;
}
