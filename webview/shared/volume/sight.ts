/** Which cells of a plane are in sight when it is zoomed. */

import type { Triple } from "../../../src/space/triple";
import { type Plane, placeOf, type ScreenAxis } from "./planes";
import type { Zoom } from "./viewer/viewerSettings";
import { MOST_ZOOM } from "./viewer/viewerSettings";
import { clamp, replaceAxis } from "./volume";

/** In cells of the plane, fractions allowed. */
export interface Sight {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export function sightOf({ across, down }: Plane, zoom: Zoom | null): Sight {
  if (zoom === null) return { left: 0, top: 0, width: across.length, height: down.length };
  const along = (screen: ScreenAxis) => {
    const shown = screen.length / zoom.factor;
    const middle = placeOf(screen, zoom.center[screen.axis]) + 0.5;
    return { from: clamp(middle - shown / 2, 0, screen.length - shown), shown };
  };
  const [x, y] = [along(across), along(down)];
  return { left: x.from, top: y.from, width: x.shown, height: y.shown };
}

/** Zooms by `step` so that `voxel` stays where it is in the picture; null when everything is in sight again. */
export function zoomAbout(zoom: Zoom | null, step: number, voxel: Triple, size: Triple): Zoom | null {
  const before = zoom ?? { factor: 1, center: size.map((length) => (length - 1) / 2) };
  const factor = clamp(before.factor * step, 1, MOST_ZOOM);
  if (factor < 1.01) return null;
  const center = (axis: 0 | 1 | 2) => {
    const shown = size[axis] / before.factor;
    const seen = clamp(before.center[axis]!, shown / 2 - 0.5, size[axis] - shown / 2 - 0.5);
    return voxel[axis] + ((seen - voxel[axis]) * before.factor) / factor;
  };
  return { factor, center: [center(0), center(1), center(2)] };
}

/** Moves what is in sight by so many cells of the plane; nothing moves when everything is in sight. */
export function panSight(plane: Plane, zoom: Zoom | null, columns: number, rows: number): Zoom | null {
  if (zoom === null) return null;
  const { left, top, width, height } = sightOf(plane, zoom);
  const { across, down } = plane;
  const center = (screen: ScreenAxis, from: number, shown: number, by: number) =>
    placeOf(screen, clamp(from + by, 0, screen.length - shown) + shown / 2 - 0.5);
  const moved = replaceAxis(zoom.center, across.axis, center(across, left, width, columns));
  return { ...zoom, center: replaceAxis(moved, down.axis, center(down, top, height, rows)) };
}

/** Moves what is in sight just so far that the voxel is. */
export function follow(zoom: Zoom | null, voxel: Triple, size: Triple): Zoom | null {
  if (zoom === null) return null;
  const center = (axis: 0 | 1 | 2) => {
    const shown = size[axis] / zoom.factor;
    const seen = clamp(zoom.center[axis], shown / 2 - 0.5, size[axis] - shown / 2 - 0.5);
    const reach = Math.max(0, shown / 2 - 1);
    return clamp(seen, voxel[axis] - reach, voxel[axis] + reach);
  };
  const next: Triple = [center(0), center(1), center(2)];
  return next.every((value, axis) => value === zoom.center[axis]) ? zoom : { ...zoom, center: next };
}
