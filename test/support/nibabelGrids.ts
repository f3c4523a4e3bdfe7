/** The grids of nibabel's functions that resample, to hold our sampling against theirs. */
import { affineOfColumns, stepOf, toWorld, voxelSizesOf } from "../../src/space/affine";
import { cornersOf, type Grid, orientedGrid } from "../../src/space/grid";
import type { Orientation } from "../../src/space/orientation";
import { type Axis, type Triple, tripleOf } from "../../src/space/triple";

/**
 * The smallest grid along the world's axes that holds every voxel centre of `grid`: nibabel's `vox2out_vox`, the grid of its
 * `resample_to_output`.
 * @param voxelSize millimetres
 */
export function alignedGrid({ shape, affine }: Grid, voxelSize: Triple): Grid {
  const corners = cornersOf(shape).map((corner) => toWorld(affine, corner));
  const least = tripleOf((axis) => Math.min(...corners.map((world) => world[axis])));
  const most = tripleOf((axis) => Math.max(...corners.map((world) => world[axis])));
  const [x, y, z] = voxelSize;
  return {
    shape: tripleOf((axis) => Math.ceil((most[axis] - least[axis]) / voxelSize[axis]) + 1),
    affine: affineOfColumns(
      [
        [x, 0, 0],
        [0, y, 0],
        [0, 0, z],
      ],
      least,
    ),
  };
}

/**
 * The grid of nibabel's `conform`: axes in the order and direction of `orientation`, voxels of `voxelSize` millimetres, and the voxel
 * (n - 1) / 2, rounded down, of both grids at one place.
 */
export function conformedGrid(grid: Grid, orientation: Orientation, voxelSize: Triple, shape: Triple): Grid {
  const turned = orientedGrid(grid, orientation);
  const sizes = voxelSizesOf(turned.affine);
  const middle = (lengths: Triple) => tripleOf((axis) => Math.floor((lengths[axis] - 1) / 2));
  const axisOf = (axis: Axis) =>
    tripleOf((row) => (stepOf(turned.affine, axis)[row] * voxelSize[axis]) / sizes[axis]);
  const axes = [axisOf(0), axisOf(1), axisOf(2)] as const;
  const centre = toWorld(turned.affine, middle(turned.shape));
  const reached = toWorld(affineOfColumns(axes, [0, 0, 0]), middle(shape));
  return {
    shape,
    affine: affineOfColumns(
      axes,
      tripleOf((row) => centre[row] - reached[row]),
    ),
  };
}
