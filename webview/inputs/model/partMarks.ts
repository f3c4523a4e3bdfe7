/** What the cut looks like over a slice of the image: patches, regions, the slice that is taken, and what is left out. */

import { patchCell } from "../../../src/space/cut";
import type { Axis, Triple } from "../../../src/space/triple";
import type { PlaneMark, Rect } from "../../shared/volume/marks";
import { type Plane, placeOf, type ScreenAxis } from "../../shared/volume/planes";
import type { InputCut, InputPlan, InputRegion } from "../messages";

type Placed = Pick<InputPlan, "cut" | "reduced">;
type Patches = Extract<InputCut, { mode: "patch" }>;
type Slices = Extract<InputCut, { mode: "slice" }>;

/** A stretch of cells along one axis of the image, [from, to). */
type Stretch = readonly [number, number];

/** Draws the parts of a plan; `part` is the current one. Keeps the outlines of regions, which take time, for the next drawing. */
export function partMarks({
  cut,
  reduced,
}: Placed): (plane: Plane, voxel: Triple, part: number) => readonly PlaneMark[] {
  switch (cut.mode) {
    case "image":
      return (plane) =>
        reduced === null ? [] : leftOut(plane, (axis) => [[reduced[axis][0]!, reduced[axis].at(-1)! + 1]]);
    case "patch":
      return (plane, voxel, part) => patchMarks(cut, plane, voxel, part);
    case "slice":
      return (plane, voxel, part) => sliceMarks(cut, plane, voxel, part);
    case "roi": {
      const outlines = new Outlines(cut.regions);
      return (plane, voxel, part) => regionMarks(cut.regions, outlines, plane, voxel, part);
    }
  }
}

function patchMarks(cut: Patches, plane: Plane, voxel: Triple, part: number): readonly PlaneMark[] {
  const { across, down, through } = plane;
  const stretches = (axis: Axis): readonly Stretch[] =>
    Array.from({ length: cut.counts[axis] }, (_, cell) => [cell * cut.stride, cell * cut.stride + cut.size]);
  const covers = (axis: Axis, cell: number) =>
    voxel[axis] >= cell * cut.stride && voxel[axis] < cell * cut.stride + cut.size;
  const cell = patchCell(cut.counts, part);
  const sliced = stretches(through).some((_, i) => covers(through, i));
  const boxes = sliced
    ? stretches(across.axis).flatMap((x) => stretches(down.axis).map((y) => boxOf(plane, x, y)))
    : [];
  const current = boxOf(
    plane,
    stretches(across.axis)[cell[across.axis]]!,
    stretches(down.axis)[cell[down.axis]]!,
  );
  return [
    ...leftOut(plane, stretches, sliced),
    { kind: "boxes", rects: boxes, emphasis: "one" },
    { kind: "boxes", rects: [current], emphasis: covers(through, cell[through]) ? "current" : "elsewhere" },
  ];
}

function sliceMarks(cut: Slices, plane: Plane, voxel: Triple, part: number): readonly PlaneMark[] {
  const { across, down, through } = plane;
  const taken: Stretch = [cut.first, cut.first + cut.count];
  const whole = (screen: ScreenAxis): Stretch => [0, screen.length];
  if (through === cut.direction) {
    const at = voxel[through];
    if (at < taken[0] || at >= taken[1])
      return leftOut(plane, (axis) => [whole(axis === across.axis ? across : down)], false);
    return at === cut.first + part
      ? [{ kind: "boxes", rects: [boxOf(plane, whole(across), whole(down))], emphasis: "current" }]
      : [];
  }
  const here: Stretch = [cut.first + part, cut.first + part + 1];
  const alongAcross = across.axis === cut.direction;
  return [
    ...leftOut(plane, (axis) => [
      axis === cut.direction ? taken : whole(axis === across.axis ? across : down),
    ]),
    {
      kind: "boxes",
      rects: [alongAcross ? boxOf(plane, here, whole(down)) : boxOf(plane, whole(across), here)],
      emphasis: "current",
    },
  ];
}

function regionMarks(
  regions: readonly InputRegion[],
  outlines: Outlines,
  plane: Plane,
  voxel: Triple,
  part: number,
): readonly PlaneMark[] {
  const marks: PlaneMark[] = regions.map((_, index) => ({
    kind: "outline",
    edges: outlines.of(index, plane, voxel[plane.through]),
    emphasis: index === part ? "current" : "one",
  }));
  const region = regions[part];
  // Its outline is empty on the slices beside it: a dashed box says where it is.
  if (region !== undefined && !region.planes[plane.through].includes(voxel[plane.through])) {
    const extent = (axis: Axis) => extentOf(region.planes[axis]);
    const box = boxOf(plane, extent(plane.across.axis), extent(plane.down.axis));
    marks.push({ kind: "boxes", rects: [box], emphasis: "elsewhere" });
  }
  // The current one is drawn over its neighbours.
  return marks.sort((a, b) => Number(isCurrent(a)) - Number(isCurrent(b)));
}

const isCurrent = (mark: PlaneMark) => mark.kind !== "shade" && mark.emphasis === "current";

/** Edges of regions by slice: the last ones asked for are kept. */
class Outlines {
  readonly #kept = new Map<string, readonly number[]>();
  readonly #regions: readonly InputRegion[];

  constructor(regions: readonly InputRegion[]) {
    this.#regions = regions;
  }

  of(index: number, plane: Plane, slice: number): readonly number[] {
    const { name, across, down } = plane;
    const key = [index, name, across.flipped, down.flipped, slice].join();
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const edges = regionEdges(this.#regions[index]!, plane, slice);
    // Twice the three planes: a step of the crosshair asks for three again and for three new ones.
    while (this.#kept.size >= 6 * this.#regions.length) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, edges);
    return edges;
  }
}

/** Edges between voxels inside and outside of the region on one slice, in cells of the plane. */
export function regionEdges({ planes, mask }: InputRegion, plane: Plane, slice: number): readonly number[] {
  const { across, down, through } = plane;
  const depth = planes[through].indexOf(slice);
  if (depth < 0) return [];
  const strides = [planes[1].length * planes[2].length, planes[2].length, 1] as const;
  const [columns, rows] = [across.length, down.length];
  const inside = new Uint8Array(columns * rows);
  planes[across.axis].forEach((x, i) => {
    planes[down.axis].forEach((y, j) => {
      const at = i * strides[across.axis] + j * strides[down.axis] + depth * strides[through];
      if (mask === undefined || mask[at] === 1) inside[placeOf(down, y) * columns + placeOf(across, x)] = 1;
    });
  });
  const edges: number[] = [];
  const isIn = (column: number, row: number) =>
    column >= 0 && column < columns && row >= 0 && row < rows && inside[row * columns + column] === 1;
  const box = boxOf(plane, extentOf(planes[across.axis]), extentOf(planes[down.axis]));
  for (let row = box.top; row <= box.top + box.height; row++) {
    for (let column = box.left; column <= box.left + box.width; column++) {
      const here = isIn(column, row);
      if (here !== isIn(column - 1, row)) edges.push(column, row, column, row + 1);
      if (here !== isIn(column, row - 1)) edges.push(column, row, column + 1, row);
    }
  }
  return edges;
}

/** Shades what no stretch covers along either axis of the plane; everything when the slice itself is not taken. */
function leftOut(
  plane: Plane,
  covered: (axis: Axis) => readonly Stretch[],
  sliced = true,
): readonly PlaneMark[] {
  const { across, down } = plane;
  const whole = (screen: ScreenAxis): Stretch => [0, screen.length];
  if (!sliced) return [{ kind: "shade", rects: [boxOf(plane, whole(across), whole(down))] }];
  const columns = gaps(covered(across.axis), across.length).map((gap) => boxOf(plane, gap, whole(down)));
  // Beside those columns only, so that no corner is shaded twice.
  const rows = gaps(covered(down.axis), down.length).flatMap((gap) =>
    gaps(gaps(covered(across.axis), across.length), across.length).map((free) => boxOf(plane, free, gap)),
  );
  const rects = [...columns, ...rows];
  return rects.length === 0 ? [] : [{ kind: "shade", rects }];
}

/** What stretches, ascending, leave of [0, length). */
export function gaps(stretches: readonly Stretch[], length: number): readonly Stretch[] {
  const free: Stretch[] = [];
  let end = 0;
  for (const [from, to] of stretches) {
    if (from > end) free.push([end, from]);
    end = Math.max(end, to);
  }
  if (end < length) free.push([end, length]);
  return free;
}

/** From the first to the last of ascending planes. */
const extentOf = (planes: readonly number[]): Stretch => [planes[0] ?? 0, (planes.at(-1) ?? -1) + 1];

/** Two stretches of voxels as a rectangle of the plane. */
function boxOf({ across, down }: Plane, x: Stretch, y: Stretch): Rect {
  const [left, top] = [firstCell(across, x), firstCell(down, y)];
  return { left, top, width: x[1] - x[0], height: y[1] - y[0] };
}

const firstCell = (screen: ScreenAxis, [from, to]: Stretch) =>
  placeOf(screen, screen.flipped ? to - 1 : from);
