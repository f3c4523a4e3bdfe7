/** The one resampling of all transforms that move voxels, row by row. */
import type { Affine } from "../../space/affine";
import { samplerOf } from "../../space/sampling";
import type { Triple } from "../../space/triple";
import { Bending } from "./bending";
import type { Grid } from "./grid";
import type { Movement } from "./movement";
import { spanOf } from "./valueFacts";

/** A coordinate that is so little outside the image, in voxels, lies on its border: only rounding has put it outside. */
const BORDER = 1e-6;

/** Moves the voxels of an input in place, each channel alike. */
export function move(values: Float32Array, { channels, size }: Grid, movement: Movement): void {
  const { pull, bending, interpolation, padding } = movement;
  const outside =
    padding === "minimum" ? spanOf(values).min : padding === "nearest" || padding === null ? null : padding;
  const [nx, ny, nz] = size;
  const points = new RowOfPoints(nz, pull);
  for (let channel = 0; channel < channels; channel++) {
    const image = values.subarray(channel * nx * ny * nz, (channel + 1) * nx * ny * nz);
    const bend = bending === null ? null : new Bending(bending, size);
    const sample = rowSampler(interpolation ?? "nearest", image.slice(), size);
    for (let x = 0, to = 0; x < nx; x++) {
      for (let y = 0; y < ny; y++, to += nz) {
        points.of(x, y, bend);
        points.keepInside(size, outside === null);
        sample(points, outside ?? 0, image.subarray(to, to + nz));
      }
    }
  }
}

/** Where the voxels of a row take their values from. */
class RowOfPoints {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly zs: Float64Array;
  readonly #pull: Affine;

  constructor(length: number, pull: Affine) {
    this.xs = new Float64Array(length);
    this.ys = new Float64Array(length);
    this.zs = new Float64Array(length);
    this.#pull = pull;
  }

  /** Of the voxels [x, y, ...]. */
  of(x: number, y: number, bend: Bending | null): void {
    const { xs, ys, zs } = this;
    const [[xx = 0, xy = 0, xz = 0, x0 = 0] = [], [yx = 0, yy = 0, yz = 0, y0 = 0] = [], third = []] =
      this.#pull;
    const [zx = 0, zy = 0, zz = 0, z0 = 0] = third;
    if (bend === null) {
      for (let z = 0; z < xs.length; z++) {
        xs[z] = xx * x + xy * y + xz * z + x0;
        ys[z] = yx * x + yy * y + yz * z + y0;
        zs[z] = zx * x + zy * y + zz * z + z0;
      }
      return;
    }
    xs.fill(x);
    ys.fill(y);
    for (let z = 0; z < zs.length; z++) zs[z] = z;
    bend.addTo(x, y, xs, ys, zs);
    for (let z = 0; z < xs.length; z++) {
      const [a, b, c] = [xs[z]!, ys[z]!, zs[z]!];
      xs[z] = xx * a + xy * b + xz * c + x0;
      ys[z] = yx * a + yy * b + yz * c + y0;
      zs[z] = zx * a + zy * b + zz * c + z0;
    }
  }

  /** Brings points outside an image of that shape to its border, if they may be there, and marks the others by NaN along x. */
  keepInside([nx, ny, nz]: Triple, all: boolean): void {
    const { xs, ys, zs } = this;
    const [lastX, lastY, lastZ] = [nx - 1, ny - 1, nz - 1];
    for (let i = 0; i < xs.length; i++) {
      const [x, y, z] = [xs[i]!, ys[i]!, zs[i]!];
      if (x >= 0 && x <= lastX && y >= 0 && y <= lastY && z >= 0 && z <= lastZ) continue;
      const mayStay = all || (isWithin(x, lastX) && isWithin(y, lastY) && isWithin(z, lastZ));
      xs[i] = mayStay ? clamped(x, lastX) : Number.NaN;
      ys[i] = clamped(y, lastY);
      zs[i] = clamped(z, lastZ);
    }
  }
}

/** Values at the points of a row that are inside the image; `outside` at the others. */
type RowSampler = (points: RowOfPoints, outside: number, row: Float32Array) => void;

function rowSampler(
  interpolation: NonNullable<Movement["interpolation"]>,
  image: Float32Array,
  shape: Triple,
): RowSampler {
  if (interpolation === "linear") return linearRows(image, shape);
  const sample = samplerOf(interpolation, image, shape);
  return ({ xs, ys, zs }, outside, row) => {
    for (let i = 0; i < row.length; i++)
      row[i] = Number.isNaN(xs[i]!) ? outside : sample(xs[i]!, ys[i]!, zs[i]!);
  };
}

/** As the sampler, without a call for each voxel, which would take most of the time. */
function linearRows(image: Float32Array, [nx, ny, nz]: Triple): RowSampler {
  const [lastX, lastY, lastZ] = [nx - 1, ny - 1, nz - 1];
  const plane = ny * nz;
  return ({ xs, ys, zs }, outside, row) => {
    for (let i = 0; i < row.length; i++) {
      const x = xs[i]!;
      if (Number.isNaN(x)) {
        row[i] = outside;
        continue;
      }
      const y = ys[i]!;
      const z = zs[i]!;
      // Not below 0, so that to cut off the fraction is to round down.
      const xi = x | 0;
      const yi = y | 0;
      const zi = z | 0;
      const fx = x - xi;
      const fy = y - yi;
      const fz = z - zi;
      const at = (xi * ny + yi) * nz + zi;
      const stepX = xi < lastX ? plane : 0;
      const stepY = yi < lastY ? nz : 0;
      const stepZ = zi < lastZ ? 1 : 0;
      const a = image[at]!;
      const b = image[at + stepY]!;
      const c = image[at + stepX]!;
      const d = image[at + stepX + stepY]!;
      const near = a + (image[at + stepZ]! - a) * fz;
      const beside = b + (image[at + stepY + stepZ]! - b) * fz;
      const far = c + (image[at + stepX + stepZ]! - c) * fz;
      const across = d + (image[at + stepX + stepY + stepZ]! - d) * fz;
      const front = near + (beside - near) * fy;
      const back = far + (across - far) * fy;
      row[i] = front + (back - front) * fx;
    }
  };
}

const isWithin = (coordinate: number, last: number) => coordinate >= -BORDER && coordinate <= last + BORDER;
const clamped = (coordinate: number, last: number) => Math.min(last, Math.max(0, coordinate));
