/** What keys, wheel and drags on a plane change: pure functions, so that the element only passes events on. */

import type { Triple } from "../../../src/space/triple";
import { dragWindow, type IntensityWindow } from "./intensity";
import { type Plane, stepVoxel, voxelAt } from "./planes";
import { panSight, sightOf, zoomAbout } from "./sight";
import type { ViewerSettings, Zoom } from "./viewer/viewerSettings";

/** The plane as it is when something happens to it. */
export interface PlaneState {
  readonly plane: Plane;
  readonly size: Triple;
  readonly voxel: Triple;
  readonly window: IntensityWindow;
  readonly zoom: Zoom | null;
}

/** What is seen differently afterwards. */
export type Look = Partial<Pick<ViewerSettings, "voxel" | "window" | "zoom">>;

/** A position in the picture as a share of its width and height. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Drag =
  | { readonly kind: "crosshair" }
  | { readonly kind: "window"; readonly at: Point; readonly from: IntensityWindow }
  | { readonly kind: "pan"; readonly at: Point; readonly from: Zoom | null };

const ZOOM_STEP = 1.5;
const WHEEL_ZOOM = 1.2;
/** Steps that Shift takes at once. */
const MANY = 10;

const cellAt = ({ plane, zoom }: PlaneState, { x, y }: Point): readonly [number, number] => {
  const sight = sightOf(plane, zoom);
  return [sight.left + x * sight.width, sight.top + y * sight.height];
};

const voxelUnder = (state: PlaneState, point: Point): Triple =>
  voxelAt(state.plane, ...cellAt(state, point), state.voxel, state.size);

/** Null for a key that means nothing here. */
export function lookByKey(state: PlaneState, key: string, shift: boolean): Look | null {
  const by = shift ? MANY : 1;
  const step = (steps: Parameters<typeof stepVoxel>[2]): Look => ({
    voxel: stepVoxel(state.plane, state.voxel, steps, state.size),
  });
  const zoom = (factor: number): Look => ({ zoom: zoomAbout(state.zoom, factor, state.voxel, state.size) });
  switch (key) {
    case "ArrowLeft":
      return step({ right: -by });
    case "ArrowRight":
      return step({ right: by });
    case "ArrowUp":
      return step({ downwards: -by });
    case "ArrowDown":
      return step({ downwards: by });
    case "PageUp":
      return step({ further: by });
    case "PageDown":
      return step({ further: -by });
    case "+":
    case "=":
      return zoom(ZOOM_STEP);
    case "-":
      return zoom(1 / ZOOM_STEP);
    case "0":
      return { zoom: null };
    default:
      return null;
  }
}

/** Ctrl and wheel: zoom about the pointer. */
export function lookByZoomWheel(state: PlaneState, point: Point, delta: number): Look {
  const factor = delta < 0 ? WHEEL_ZOOM : 1 / WHEEL_ZOOM;
  return { zoom: zoomAbout(state.zoom, factor, voxelUnder(state, point), state.size) };
}

/** The wheel: away from the user goes up the body, forwards, or to the right of the patient. */
export function lookByWheel(state: PlaneState, notches: number, shift: boolean): Look {
  const further = -Math.sign(notches) * (shift ? MANY : Math.abs(notches));
  return { voxel: stepVoxel(state.plane, state.voxel, { further }, state.size) };
}

/** Middle button: move; right button or Shift: brightness and contrast; else the crosshair. */
export function beginDrag(state: PlaneState, at: Point, button: number, shift: boolean): Drag {
  if (button === 1) return { kind: "pan", at, from: state.zoom };
  if (button === 2 || shift) return { kind: "window", at, from: state.window };
  return { kind: "crosshair" };
}

export function lookByDrag(state: PlaneState, drag: Drag, to: Point): Look {
  switch (drag.kind) {
    case "crosshair":
      return { voxel: voxelUnder(state, to) };
    case "window":
      return { window: dragWindow(drag.from, to.x - drag.at.x, drag.at.y - to.y) };
    case "pan": {
      const sight = sightOf(state.plane, drag.from);
      const columns = (drag.at.x - to.x) * sight.width;
      const rows = (drag.at.y - to.y) * sight.height;
      return { zoom: panSight(state.plane, drag.from, columns, rows) };
    }
  }
}
