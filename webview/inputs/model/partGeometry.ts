/** Where the parts of an image are: which voxels each one takes, and which one a voxel belongs to. */
import { type Planes, patchCell } from "../../../src/space/cut";
import type { Axis, Triple } from "../../../src/space/triple";
import { clamp } from "../../shared/volume/volume";
import type { InputPlan } from "../messages";

type Placed = Pick<InputPlan, "cut" | "imageSize" | "reduced">;

/** Voxels of the image that the part takes along x, y, z. */
export function planesOf({ cut, imageSize, reduced }: Placed, part: number): Planes {
  const whole = (axis: Axis) => range(0, imageSize[axis]);
  switch (cut.mode) {
    case "image":
      return reduced ?? [whole(0), whole(1), whole(2)];
    case "patch": {
      const cell = patchCell(cut.counts, part);
      const along = (axis: Axis) => range(cell[axis] * cut.stride, cut.size);
      return [along(0), along(1), along(2)];
    }
    case "slice": {
      const along = (axis: Axis) => (axis === cut.direction ? [cut.first + part] : whole(axis));
      return [along(0), along(1), along(2)];
    }
    case "roi":
      return cut.regions[part]?.planes ?? [[], [], []];
  }
}

const range = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

/** The voxel of the image behind a voxel of the part. */
export const toImage = (planes: Planes, voxel: Triple): Triple => [
  planes[0][voxel[0]] ?? 0,
  planes[1][voxel[1]] ?? 0,
  planes[2][voxel[2]] ?? 0,
];

/** The voxel of the part that is nearest to a voxel of the image. */
export const toPart = (planes: Planes, voxel: Triple): Triple => [
  nearest(planes[0], voxel[0]),
  nearest(planes[1], voxel[1]),
  nearest(planes[2], voxel[2]),
];

function nearest(ascending: readonly number[], wanted: number): number {
  let best = 0;
  ascending.forEach((value, i) => {
    if (Math.abs(value - wanted) < Math.abs(ascending[best]! - wanted)) best = i;
  });
  return best;
}

/** Where the crosshair goes when the part is chosen: to its middle; a slice leaves the two other axes as they are. */
export function showPart(plan: Placed, part: number, from: Triple): Triple {
  const { cut } = plan;
  if (cut.mode === "image") return from;
  const planes = planesOf(plan, part);
  const middle = (axis: Axis) => planes[axis][Math.floor(planes[axis].length / 2)] ?? from[axis];
  if (cut.mode === "slice")
    return [
      cut.direction === 0 ? middle(0) : from[0],
      cut.direction === 1 ? middle(1) : from[1],
      cut.direction === 2 ? middle(2) : from[2],
    ];
  return [middle(0), middle(1), middle(2)];
}

/** The part that a voxel belongs to: the current one if it does, else the one with the nearest middle; null for none. */
export function partAt(plan: Placed, voxel: Triple, current: number): number | null {
  const { cut } = plan;
  switch (cut.mode) {
    case "image":
      return 0;
    case "slice": {
      const part = voxel[cut.direction] - cut.first;
      return part >= 0 && part < cut.count ? part : null;
    }
    case "patch": {
      const kept = patchCell(cut.counts, current);
      const along = (axis: Axis) => cellAt(cut.size, cut.stride, cut.counts[axis], voxel[axis], kept[axis]);
      const [x, y, z] = [along(0), along(1), along(2)];
      if (x === null || y === null || z === null) return null;
      return (x * cut.counts[1] + y) * cut.counts[2] + z;
    }
    case "roi": {
      if (isInside(cut.regions[current], voxel)) return current;
      const found = cut.regions.findIndex((region) => isInside(region, voxel));
      return found < 0 ? null : found;
    }
  }
}

/** Along one axis: patches overlap when the stride is smaller than their size, and leave gaps when it is larger. */
function cellAt(size: number, stride: number, count: number, at: number, current: number): number | null {
  const inside = (cell: number) => at >= cell * stride && at < cell * stride + size;
  if (inside(current)) return current;
  const cell = clamp(Math.round((at - (size - 1) / 2) / stride), 0, count - 1);
  return inside(cell) ? cell : null;
}

function isInside(region: { planes: Planes; mask?: Uint8Array } | undefined, voxel: Triple): boolean {
  if (region === undefined) return false;
  const { planes, mask } = region;
  const [x, y, z] = [planes[0].indexOf(voxel[0]), planes[1].indexOf(voxel[1]), planes[2].indexOf(voxel[2])];
  if (x < 0 || y < 0 || z < 0) return false;
  return mask === undefined || mask[(x * planes[1].length + y) * planes[2].length + z] === 1;
}
