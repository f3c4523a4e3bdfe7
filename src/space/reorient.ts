/** Voxels put in another order of axes: no voxel is computed anew, none is lost. */
import { axisSources, orientedGrid, type SpatialImage } from "./grid";
import { type Orientation, orientationOf, RAS } from "./orientation";
import { AXES, tripleOf } from "./triple";

/**
 * As nibabel's `as_reoriented`.
 * @param allocate chooses the memory of the result; ordinary memory by default
 */
export function reorient(
  { grid, values }: SpatialImage,
  orientation: Orientation,
  allocate: (voxels: number) => Float32Array = (voxels) => new Float32Array(voxels),
): SpatialImage {
  const sources = axisSources(orientationOf(grid.affine), orientation);
  const turned = orientedGrid(grid, orientation);
  const strides = [grid.shape[1] * grid.shape[2], grid.shape[2], 1] as const;
  const step = tripleOf((axis) => (sources[axis].flipped ? -1 : 1) * strides[sources[axis].axis]);
  const first = AXES.reduce<number>(
    (sum, axis) => sum + (sources[axis].flipped ? (turned.shape[axis] - 1) * -step[axis] : 0),
    0,
  );
  const result = allocate(values.length);
  const [nx, ny, nz] = turned.shape;
  let to = 0;
  for (let i = 0; i < nx; i++) {
    for (let j = 0; j < ny; j++) {
      let from = first + i * step[0] + j * step[1];
      for (let k = 0; k < nz; k++, from += step[2]) result[to++] = values[from]!;
    }
  }
  return { grid: turned, values: result };
}

/** The orientation nearest to right, anterior, superior, as nibabel's `as_closest_canonical`. */
export const canonical = (image: SpatialImage, allocate?: (voxels: number) => Float32Array): SpatialImage =>
  reorient(image, RAS, allocate);
