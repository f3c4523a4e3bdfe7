/** How values become colours: the picture's own scale, whatever the theme. */

export type ColorMapName =
  | "gray"
  | "inverse"
  | "hot"
  | "viridis"
  | "magma"
  | "redYellow"
  | "blueRed"
  | "labels";

/** For an image by itself. */
export const IMAGE_COLORS = ["gray", "inverse", "hot", "viridis", "magma"] as const satisfies ColorMapName[];
/** For what lies over an image. */
export const LAYER_COLORS = [
  "redYellow",
  "blueRed",
  "viridis",
  "magma",
  "gray",
  "inverse",
  "labels",
] as const satisfies ColorMapName[];

export const LEVELS = 256;

type Color = readonly [number, number, number];

const tables = new Map<ColorMapName, Uint8Array>();

/**
 * Red, green, blue of each level, 0 to 255. Blue and red meet in the middle: the value 0; label colours are of label 1 at level 1
 * and begin again after level 255.
 */
export function colorMap(name: ColorMapName): Uint8Array {
  const known = tables.get(name);
  if (known !== undefined) return known;
  const table = new Uint8Array(3 * LEVELS);
  for (let level = 0; level < LEVELS; level++) table.set(colorOf(name, level).map(toByte), 3 * level);
  tables.set(name, table);
  return table;
}

/** The colour of a level, as CSS writes it. */
export function colorOfLevel(name: ColorMapName, level: number): string {
  const channels = [...colorMap(name).subarray(3 * level, 3 * level + 3)];
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}

function colorOf(name: ColorMapName, level: number): Color {
  const share = level / (LEVELS - 1);
  switch (name) {
    case "gray":
      return [share, share, share];
    case "inverse":
      return [1 - share, 1 - share, 1 - share];
    case "hot":
      // Black, red, yellow, white, each ramp after the other, as PET is often read.
      return [share / 0.375, (share - 0.375) / 0.375, (share - 0.75) / 0.25];
    case "viridis":
      return between(VIRIDIS, share);
    case "magma":
      return between(MAGMA, share);
    case "redYellow":
      return between(RED_YELLOW, share);
    case "blueRed":
      return between(BLUE_RED, share);
    case "labels":
      return labelColor(level);
  }
}

/** Every tenth of the perceptually uniform scales of Smith and van der Walt (2015), as matplotlib has them. */
const VIRIDIS = [
  0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151, 0xbddf26,
  0xfde725,
];
const MAGMA = [
  0x000004, 0x140e36, 0x3b0f70, 0x641a80, 0x8c2981, 0xb73779, 0xde4968, 0xf7705c, 0xfe9f6d, 0xfecf92,
  0xfcfdbf,
];
const RED_YELLOW = [0xd7191c, 0xff7a00, 0xffff33];
/** Strong at the ends, pale where values are near 0; equally dark on both sides. */
const BLUE_RED = [0x0a2fbf, 0x2f7df0, 0x9fcbfa, 0xf2f2f2, 0xfbb59a, 0xf0503a, 0xb8001f];

/** A colour on the way through `stops`, which are evenly apart. */
function between(stops: readonly number[], share: number): Color {
  const place = share * (stops.length - 1);
  const before = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [parts(stops[before]!), parts(stops[before + 1]!)];
  const mixed = (channel: 0 | 1 | 2) => from[channel] + (to[channel] - from[channel]) * (place - before);
  return [mixed(0), mixed(1), mixed(2)];
}

const parts = (color: number): Color => [
  (color >> 16) / 255,
  ((color >> 8) & 255) / 255,
  (color & 255) / 255,
];

/** Golden angles apart, so that neighbouring labels differ; never so dark that a brain hides it. */
function labelColor(label: number): Color {
  if (label === 0) return [0, 0, 0];
  const hue = ((label - 1) * 0.618034) % 1;
  const light = [1, 0.72, 0.88][label % 3]!;
  const faded = label % 2 === 0 ? 0.35 : 0.12;
  const channel = (shift: number) => {
    const wave = Math.min(1, Math.max(0, Math.abs(((hue + shift) % 1) * 6 - 3) - 1));
    return light * (faded + (1 - faded) * wave);
  };
  return [channel(0), channel(2 / 3), channel(1 / 3)];
}

const toByte = (share: number) => Math.round(255 * Math.min(1, Math.max(0, share)));
