/** Feature maps as bodies drawn to scale: a box for a volume, a card for a slice, a bar for a flat vector. Pure SVG text. */
import type { Shape } from "../../../src/network/shapes/axes";
import { element, textElement } from "../../shared/svgText";
import { paddingWords, shapeWords } from "./describe";
import type { Lettering } from "./lettering";

/** How much of its length the axis that points away shows, and in which direction. */
const DEPTH = { x: 0.32, y: -0.24 };
/** Offset of one channel behind the next; only a few are drawn, however many there are. */
const CHANNEL_STEP = 3;
const MOST_CHANNELS = 5;
const LEAST_SIDE = 4;
/** A plane of padding is thickened to be seen, and stands a little apart from the map. */
const PLANE = 5;
const APART = 3;
const BAR_WIDTH = 9;
const LABEL_HEIGHT = 16;

export interface Body {
  readonly markup: string;
  readonly width: number;
  readonly height: number;
}

/** Pixels of a length in voxels. */
export type Scale = (voxels: number) => number;

/** So that deep maps are still seen, lengths grow with this power of their voxels. */
const POWER = 0.7;

/** The scale that gives the largest map of a network `room` pixels of width and height. */
export function scaleFor(shapes: readonly Shape[], room: number): Scale {
  const sides = shapes.flatMap((shape) => (shape.length >= 3 ? shape.slice(-2) : []));
  const most = Math.max(1, ...sides);
  return (voxels) => room * (voxels / most) ** POWER;
}

/**
 * The map `shape` with its upper left corner at (x, y), its shape written below. `padding`: planes of zeros put before each axis,
 * drawn as slabs at the low end of the axis: in front for x, on the left for y, below for z.
 */
export function drawBody(
  shape: Shape,
  x: number,
  y: number,
  scale: Scale,
  lettering: Lettering,
  padding?: readonly number[],
): Body {
  const [channels = 0, ...spatial] = shape;
  if (spatial.length === 0) return drawBar(channels, x, y, lettering);
  const [depth, width, height] = sidesOf(spatial, scale);
  const before = padding ?? spatial.map(() => 0);
  const slabs = slabSizes(before);
  const away = { x: depth * DEPTH.x, y: depth * DEPTH.y };
  const stacked = Math.min(MOST_CHANNELS, Math.floor(Math.log2(Math.max(1, channels))));
  const shift = stacked * CHANNEL_STEP;
  const room = (slab: number) => (slab === 0 ? 0 : slab + APART);
  const lead = {
    x: Math.max(room(slabs.depth), room(slabs.width)),
    y: Math.max(room(slabs.height), room(slabs.depth)),
  };
  const left = x + lead.x;
  const top = y + shift - away.y;
  const parts: string[] = [];
  for (let i = stacked; i > 0; i--)
    parts.push(box(left + i * CHANNEL_STEP, top - i * CHANNEL_STEP, width, height, away, "map channel"));
  parts.push(box(left, top, width, height, away, "map"));
  if (padding !== undefined) parts.push(...drawSlabs(left, top, width, height, away, slabs));
  const totalWidth = lead.x + width + away.x + shift;
  const totalHeight = shift - away.y + height + lead.y;
  const words = [shapeWords(shape), padding === undefined ? "" : paddingWords(before)];
  const labels = words.filter((word) => word !== "");
  return {
    markup: element(
      "g",
      { class: "body" },
      ...parts,
      ...labels.map((label, line) =>
        textElement(
          { class: line === 0 ? "size" : "size zeros", x, y: y + totalHeight + 13 + line * LABEL_HEIGHT },
          label,
        ),
      ),
    ),
    width: Math.max(totalWidth, ...labels.map((label) => lettering.width(label, "small"))),
    height: totalHeight + LABEL_HEIGHT * labels.length + 2,
  };
}

/** Length of the axis that points away, of the one to the right and of the upright one, in pixels. */
function sidesOf(spatial: readonly number[], scale: Scale): [number, number, number] {
  const side = (size: number) => Math.max(LEAST_SIDE, scale(size));
  const [first = 1, second = 1, third] = spatial;
  return third === undefined ? [0, side(second), side(first)] : [side(first), side(second), side(third)];
}

interface Slabs {
  readonly depth: number;
  readonly width: number;
  readonly height: number;
}

function slabSizes(before: readonly number[]): Slabs {
  const plane = (planes: number) => planes * PLANE;
  const [first = 0, second = 0, third] = before;
  return third === undefined
    ? { depth: 0, width: plane(second), height: plane(first) }
    : { depth: plane(first), width: plane(second), height: plane(third) };
}

type Offset = { readonly x: number; readonly y: number };

/** Front, top and right side. */
function box(x: number, y: number, width: number, height: number, away: Offset, kind: string): string {
  const face = (points: readonly (readonly [number, number])[], side: string) =>
    element("path", {
      class: `${kind} ${side}`,
      d: `M${points.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join("L")}Z`,
    });
  const flat = away.x === 0;
  return [
    face(
      [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
      ],
      "front",
    ),
    ...(flat
      ? []
      : [
          face(
            [
              [x, y],
              [x + away.x, y + away.y],
              [x + width + away.x, y + away.y],
              [x + width, y],
            ],
            "top",
          ),
          face(
            [
              [x + width, y],
              [x + width + away.x, y + away.y],
              [x + width + away.x, y + height + away.y],
              [x + width, y + height],
            ],
            "right",
          ),
        ]),
  ].join("");
}

function drawSlabs(
  x: number,
  y: number,
  width: number,
  height: number,
  away: Offset,
  slabs: Slabs,
): string[] {
  const drawn: string[] = [];
  if (slabs.width > 0) drawn.push(box(x - slabs.width - APART, y, slabs.width, height, away, "zeros"));
  if (slabs.height > 0) drawn.push(box(x, y + height + APART, width, slabs.height, away, "zeros"));
  if (slabs.depth > 0) {
    const far = slabs.depth + APART;
    const thick = { x: slabs.depth * 0.8, y: -slabs.depth * 0.6 };
    drawn.push(box(x - far, y + far * 0.75, width, height, thick, "zeros sheet"));
  }
  return drawn;
}

/** A flat vector: its length grows with the logarithm of its number of values. */
function drawBar(values: number, x: number, y: number, lettering: Lettering): Body {
  const height = Math.max(10, Math.log10(Math.max(1, values)) * 18);
  const label = shapeWords([values]);
  return {
    markup: element(
      "g",
      { class: "body" },
      element("rect", { class: "map front", x, y, width: BAR_WIDTH, height, rx: 2 }),
      textElement({ class: "size", x, y: y + height + 13 }, label),
    ),
    width: Math.max(BAR_WIDTH, lettering.width(label, "small")),
    height: height + LABEL_HEIGHT,
  };
}
