/** The planes as they stand on the screen, with their names and letters, as one picture: for slides, messages and papers. */
import type { Palette } from "../chart/palette";
import { formatValue } from "../numbers";
import type { Box } from "./arrange";
import { MARGIN } from "./arrange";
import type { ShownLayer } from "./blendSlice";
import type { IntensityWindow } from "./intensity";
import { colorOfValue, type LayerLook } from "./layerLook";
import type { Plane } from "./planes";
import type { ViewerSettings } from "./viewer/viewerSettings";

/** A plane that is drawn, with its place in CSS pixels, margins included. */
export interface DrawnPlane {
  readonly name: string;
  readonly plane: Plane;
  readonly box: Box;
  readonly canvas: HTMLCanvasElement;
}

export interface PictureContent {
  readonly planes: readonly DrawnPlane[];
  /** Slices side by side, where they are shown. */
  readonly mosaic: Pick<DrawnPlane, "box" | "canvas"> | null;
  /** Whether the image itself is left out. */
  readonly bare: boolean;
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly settings: ViewerSettings;
  readonly window: IntensityWindow;
  readonly layers: readonly ShownLayer[];
}

/** Room of one colour bar, in CSS pixels. */
const BAR = { width: 150, height: 10, room: 44, gap: 24 } as const;
const STEPS = 75;

/** A PNG, with as many pixels as the screen has. */
export async function composePicture(content: PictureContent): Promise<Blob> {
  const { planes, width, height, palette, settings } = content;
  const ratio = globalThis.devicePixelRatio;
  const bars = settings.colorBar ? barsOf(content) : [];
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round((height + (bars.length > 0 ? BAR.room : 0)) * ratio);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("There is no canvas to draw on.");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, width, height + BAR.room);
  for (const plane of planes) drawOne(context, plane, palette);
  if (content.mosaic !== null) drawInner(context, content.mosaic);
  for (const [i, bar] of bars.entries())
    drawBar(context, bar, MARGIN.side + i * (BAR.width + BAR.gap), height + 14, palette);
  return await pngOf(canvas);
}

/** Pictures side by side, as one. */
export async function besideEachOther(pictures: readonly Blob[]): Promise<Blob> {
  const bitmaps = await Promise.all(pictures.map((picture) => createImageBitmap(picture)));
  const canvas = document.createElement("canvas");
  canvas.width = bitmaps.reduce((sum, { width }) => sum + width, 0);
  canvas.height = Math.max(...bitmaps.map(({ height }) => height));
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("There is no canvas to draw on.");
  let left = 0;
  for (const bitmap of bitmaps) {
    context.drawImage(bitmap, left, 0);
    left += bitmap.width;
  }
  return await pngOf(canvas);
}

async function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (blob === null) throw new Error("No PNG was made.");
  return blob;
}

/** Without the margins of its box. */
function drawInner(
  context: CanvasRenderingContext2D,
  { box, canvas }: Pick<DrawnPlane, "box" | "canvas">,
): Box {
  const inner = {
    left: box.left + MARGIN.side,
    top: box.top + MARGIN.top,
    width: box.width - 2 * MARGIN.side,
    height: box.height - MARGIN.top - MARGIN.bottom,
  };
  context.drawImage(canvas, inner.left, inner.top, inner.width, inner.height);
  return inner;
}

function drawOne(
  context: CanvasRenderingContext2D,
  { name, plane, box, canvas }: DrawnPlane,
  palette: Palette,
): void {
  const { left, top, width, height } = box;
  const inner = drawInner(context, { box, canvas });
  const say = (text: string, x: number, y: number, align: CanvasTextAlign, weight = "") => {
    context.font = `${weight} 11px ${palette.fontFamily}`;
    context.fillStyle = palette.foreground;
    context.textAlign = align;
    context.textBaseline = "middle";
    context.fillText(text, x, y);
  };
  say(name, inner.left, top + MARGIN.top / 2, "left", "600");
  const [middleX, middleY] = [inner.left + inner.width / 2, inner.top + inner.height / 2];
  const [first = "", last = ""] = plane.across.ends ?? [];
  say(first, left + MARGIN.side / 2, middleY, "center");
  say(last, left + width - MARGIN.side / 2, middleY, "center");
  const [above = "", below = ""] = plane.down.ends ?? [];
  say(above, middleX, top + MARGIN.top / 2, "center");
  say(below, middleX, top + height - MARGIN.bottom / 2, "center");
}

/** What a bar says: the colour of each of its steps, null where nothing is shown. */
interface Bar {
  readonly name: string;
  readonly colors: readonly (string | null)[];
  readonly ends: readonly [number, number];
}

function barsOf({ bare, settings, window, layers }: PictureContent): readonly Bar[] {
  const image: LayerLook = {
    ...{ visible: true, opacity: 1, colors: settings.colors, ...window },
    ...{ hideAbove: false, interpolation: "nearest", outline: false },
  };
  const shown = layers.filter(({ look }) => look.visible && look.colors !== "labels");
  return [...(bare ? [] : [barOf("", image)]), ...shown.map(({ name, look }) => barOf(name, look))];
}

function barOf(name: string, look: LayerLook): Bar {
  const ends = [look.colors === "blueRed" ? -look.high : look.low, look.high] as const;
  const at = (i: number) => ends[0] + ((i + 0.5) / STEPS) * (ends[1] - ends[0]);
  return { name, colors: Array.from({ length: STEPS }, (_, i) => colorOfValue(look, at(i))), ends };
}

function drawBar(
  context: CanvasRenderingContext2D,
  { name, colors, ends }: Bar,
  left: number,
  top: number,
  palette: Palette,
): void {
  const step = BAR.width / colors.length;
  for (const [i, color] of colors.entries()) {
    context.fillStyle = color ?? palette.background;
    context.fillRect(left + i * step, top, step + 0.5, BAR.height);
  }
  context.strokeStyle = palette.foreground;
  context.lineWidth = 0.5;
  context.strokeRect(left, top, BAR.width, BAR.height);
  context.font = `10px ${palette.fontFamily}`;
  context.fillStyle = palette.foreground;
  context.textBaseline = "middle";
  for (const [i, align] of (["left", "right"] as const).entries()) {
    context.textAlign = align;
    context.fillText(formatValue(ends[i]!), left + i * BAR.width, top + BAR.height + 9);
  }
  context.textAlign = "center";
  context.fillText(name, left + BAR.width / 2, top - 7, BAR.width + BAR.gap / 2);
}
