/** Draws one plane on a canvas: slice, marks, crosshair. */

import type { Triple } from "../../../src/space/triple";
import type { Palette } from "../chart/palette";
import type { Emphasis, PlaneMark, Rect } from "./marks";
import { type Plane, placeOf } from "./planes";
import type { Sight } from "./sight";

export interface PlanePicture {
  readonly plane: Plane;
  /** The coloured slice, a pixel a voxel. */
  readonly slice: CanvasImageSource;
  readonly sight: Sight;
  readonly voxel: Triple;
  readonly crosshair: boolean;
  readonly marks: readonly PlaneMark[];
  readonly smooth: boolean;
}

/** Pixels around the middle of the crosshair that stay free, so that the voxel itself is seen. */
const GAP = 7;
const HATCH = 7;

/** `width` and `height` in CSS pixels; `ratio`: device pixels in one of them. */
export function drawPlane(
  context: CanvasRenderingContext2D,
  picture: PlanePicture,
  palette: Palette,
  width: number,
  height: number,
  ratio: number,
): void {
  const { plane, slice, sight, smooth, marks } = picture;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  // What is no number is transparent: the hatching shows through.
  hatch(context, { left: 0, top: 0, width, height }, palette.background, palette.rule);
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = "high";
  context.drawImage(slice, sight.left, sight.top, sight.width, sight.height, 0, 0, width, height);
  const x = (column: number) => ((column - sight.left) / sight.width) * width;
  const y = (row: number) => ((row - sight.top) / sight.height) * height;
  const place = (rect: Rect): Rect => ({
    left: x(rect.left),
    top: y(rect.top),
    width: (rect.width / sight.width) * width,
    height: (rect.height / sight.height) * height,
  });
  for (const mark of marks) {
    switch (mark.kind) {
      case "shade":
        shade(context, mark.rects.map(place), palette);
        break;
      case "boxes":
        stroke(context, boxesPath(mark.rects.map(place)), mark.emphasis, palette);
        break;
      case "outline":
        stroke(context, edgesPath(mark.edges, x, y), mark.emphasis, palette);
        break;
      default:
        // A kind without a case is an error of types.
        mark satisfies never;
    }
  }
  if (picture.crosshair) {
    const column = placeOf(plane.across, picture.voxel[plane.across.axis]) + 0.5;
    const row = placeOf(plane.down, picture.voxel[plane.down.axis]) + 0.5;
    drawCrosshair(context, x(column), y(row), width, height, palette);
  }
}

function drawCrosshair(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  palette: Palette,
): void {
  const path = new Path2D();
  const [column, row] = [sharp(Math.floor(x)), sharp(Math.floor(y))];
  path.moveTo(0, row);
  path.lineTo(Math.max(0, x - GAP), row);
  path.moveTo(Math.min(width, x + GAP), row);
  path.lineTo(width, row);
  path.moveTo(column, 0);
  path.lineTo(column, Math.max(0, y - GAP));
  path.moveTo(column, Math.min(height, y + GAP));
  path.lineTo(column, height);
  context.setLineDash([]);
  // The colours of a theme are seen on its background, and an image has every brightness.
  context.globalAlpha = 0.5;
  context.strokeStyle = palette.background;
  context.lineWidth = 3;
  context.stroke(path);
  context.globalAlpha = 1;
  context.strokeStyle = palette.series[CROSSHAIR_COLOR]!;
  context.lineWidth = 1;
  context.stroke(path);
}

const CROSSHAIR_COLOR = 2;
/** Parts differ by width and dash as well as by colour. */
const STROKES: Readonly<
  Record<Emphasis, { readonly color: number; readonly width: number; readonly dash: readonly number[] }>
> = {
  one: { color: 0, width: 1, dash: [] },
  current: { color: 1, width: 2.5, dash: [] },
  elsewhere: { color: 1, width: 1.5, dash: [4, 4] },
};

function stroke(context: CanvasRenderingContext2D, path: Path2D, emphasis: Emphasis, palette: Palette): void {
  const { color, width, dash } = STROKES[emphasis];
  context.setLineDash([...dash]);
  context.lineJoin = "miter";
  context.strokeStyle = palette.series[color]!;
  context.lineWidth = width;
  context.stroke(path);
  context.setLineDash([]);
}

function boxesPath(rects: readonly Rect[]): Path2D {
  const path = new Path2D();
  for (const { left, top, width, height } of rects) {
    // Lines between two pixels would be two faint pixels wide.
    const [x, y] = [sharp(left), sharp(top)];
    path.rect(x, y, sharp(left + width) - x, sharp(top + height) - y);
  }
  return path;
}

const sharp = (position: number) => Math.round(position) + 0.5;

function edgesPath(
  edges: readonly number[],
  x: (column: number) => number,
  y: (row: number) => number,
): Path2D {
  const path = new Path2D();
  for (let i = 0; i + 3 < edges.length; i += 4) {
    path.moveTo(x(edges[i]!), y(edges[i + 1]!));
    path.lineTo(x(edges[i + 2]!), y(edges[i + 3]!));
  }
  return path;
}

/** Fades what lies beneath, and hatches it: a dark background alone would look like a dark part of the image. */
function shade(context: CanvasRenderingContext2D, rects: readonly Rect[], palette: Palette): void {
  context.save();
  const path = boxesPath(rects);
  context.clip(path);
  context.globalAlpha = 0.6;
  context.fillStyle = palette.background;
  context.fill(path);
  context.restore();
  context.save();
  context.clip(path);
  context.globalAlpha = 0.5;
  for (const rect of rects) strokeHatching(context, rect, palette.muted);
  context.restore();
}

function hatch(context: CanvasRenderingContext2D, rect: Rect, background: string, color: string): void {
  context.fillStyle = background;
  context.fillRect(rect.left, rect.top, rect.width, rect.height);
  strokeHatching(context, rect, color);
}

function strokeHatching(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: Rect,
  color: string,
): void {
  const path = new Path2D();
  // Lines of x + y = n x HATCH, whatever the rectangle: neighbours continue each other.
  for (let sum = Math.ceil((left + top) / HATCH) * HATCH; sum < left + top + width + height; sum += HATCH) {
    path.moveTo(Math.min(left + width, sum - top), Math.max(top, sum - left - width));
    path.lineTo(Math.max(left, sum - top - height), Math.min(top + height, sum - left));
  }
  context.setLineDash([]);
  context.strokeStyle = color;
  context.lineWidth = 1;
  context.stroke(path);
}
