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
  const middle = grid.size.map((length) => (length - 1) / 2) as [number, number, number];
  const outside = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const result = new Float32Array(values.length);
  const [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = rotation(degrees);
  let to = 0;
  for (let channel = 0; channel < grid.channels; channel++) {
    const image = values.subarray(channel * nx * ny * nz, (channel + 1) * nx * ny * nz);
    for (let i = 0; i < nx; i++) {
      for (let j = 0; j < ny; j++) {
        for (let k = 0; k < nz; k++, to++) {
          const x = i - middle[0];
          const y = j - middle[1];
          const z = k - middle[2];
          result[to] = interpolate(
            image,
            grid,
            xx * x + xy * y + xz * z + middle[0] + translation[0],
            yx * x + yy * y + yz * z + middle[1] + translation[1],
            zx * x + zy * y + zz * z + middle[2] + translation[2],
            outside,
          );
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
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const z0 = Math.floor(z);
  const x1 = Math.min(x0 + 1, nx - 1);
  const y1 = Math.min(y0 + 1, ny - 1);
  const z1 = Math.min(z0 + 1, nz - 1);
  const fx = x - x0;
  const fy = y - y0;
  const fz = z - z0;
  const along = (i: number, j: number) => {
    const row = (i * ny + j) * nz;
    return image[row + z0]! * (1 - fz) + image[row + z1]! * fz;
  };
  const plane = (i: number) => along(i, y0) * (1 - fy) + along(i, y1) * fy;
  return plane(x0) * (1 - fx) + plane(x1) * fx;
}
