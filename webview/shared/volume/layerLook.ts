/** How a layer over an image is seen. */
import type { Interpolation } from "../../../src/space/sampling";
import { robustRange, sortedSample } from "../../../src/statistics/robustRange";
import { type ColorMapName, colorOfLevel, LEVELS } from "./colorMap";
import { proper, summarise } from "./intensity";
import type { Volume } from "./volume";

export interface LayerLook {
  readonly visible: boolean;
  /** 0 to 1. */
  readonly opacity: number;
  readonly colors: ColorMapName;
  /** Weaker values are hidden; "blue to red" weighs them without their sign. */
  readonly low: number;
  /** From here on the colour is the last of the scale. `low` < `high`. */
  readonly high: number;
  /** Whether values above `high` are hidden too. */
  readonly hideAbove: boolean;
  readonly interpolation: Interpolation;
  /** Only the border of what is shown, and between labels. */
  readonly outline: boolean;
}

/** What the numbers of a layer stand for. */
export type LayerKind =
  /** One region: 0, and one other whole number. */
  | "mask"
  /** Regions of an atlas or a segmentation, by whole numbers. */
  | "labels"
  /** Values on both sides of 0, or a map of where a network's answers come from. */
  | "map"
  | "image";

/** More different values are those of an image. */
const MOST_LABELS = 2_000;
/** In a segmentation most neighbours are of one region, in an image hardly any two are equal. */
const SAME_NEIGHBOURS = 0.5;

/** What an image that lies over another is, by its values. */
export function layerKindOf({ data, slope, intercept, size }: Volume): LayerKind {
  const found = new Set<number>();
  let [whole, negative, positive, same, pairs] = [true, false, false, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = slope * data[i]! + intercept;
    if (!Number.isFinite(value) || value === 0) continue;
    if (value < 0) negative = true;
    else positive = true;
    if (whole && found.size <= MOST_LABELS) {
      whole = Number.isInteger(value);
      found.add(value);
    }
    if (i % size[0] > 0) {
      pairs++;
      if (data[i] === data[i - 1]) same++;
    }
  }
  if (negative && positive) return "map";
  if (!whole || negative || found.size === 0 || found.size > MOST_LABELS) return "image";
  if (found.size === 1) return "mask";
  return same > SAME_NEIGHBOURS * pairs ? "labels" : "image";
}

/** The weakest of a map are hidden at first: everywhere a network answers a little. */
const HIDDEN_OF_MAP = 0.95;
const STRONGEST = 0.999;

/** How a layer is seen at first. */
export function usualLook(kind: LayerKind, volume: Volume): LayerLook {
  const look = { visible: true, hideAbove: false, outline: false };
  switch (kind) {
    case "mask":
    case "labels": {
      const high = largestOf(volume);
      const low = kind === "mask" ? high - 0.5 : 0.5;
      return { ...look, opacity: 0.5, colors: "labels", low, high, interpolation: "nearest" };
    }
    case "map":
      return { ...look, opacity: 0.8, colors: "blueRed", ...strongest(volume), interpolation: "linear" };
    case "image": {
      const { data, slope, intercept } = volume;
      const { low, high } = robustRange(data.length, (voxel) => slope * data[voxel]! + intercept);
      const shown = proper({ low: low + (high - low) / 5, high });
      return { ...look, opacity: 0.5, colors: "redYellow", ...shown, interpolation: "linear" };
    }
  }
}

/** How a layer is seen alone, in a viewer of its own: images in gray as the image is, others as over one. */
export function lookAlone(kind: LayerKind, volume: Volume): LayerLook {
  const usual = usualLook(kind, volume);
  return kind === "image" ? { ...usual, colors: "gray", ...summarise(volume).auto } : usual;
}

function largestOf({ data, slope, intercept }: Volume): number {
  let most = 1;
  for (let i = 0; i < data.length; i++) most = Math.max(most, slope * data[i]! + intercept);
  return most;
}

/** Of the values without their signs, so that the weakest 95 % are hidden; zeros are hidden always. */
function strongest({ data, slope, intercept }: Volume): { readonly low: number; readonly high: number } {
  const sorted = sortedSample(data.length, (voxel) => Math.abs(slope * data[voxel]! + intercept));
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const least = sorted.find((value) => value > 0) ?? 0;
  const high = at(STRONGEST) > 0 ? at(STRONGEST) : (sorted.at(-1) ?? 0);
  const low = Math.max(at(HIDDEN_OF_MAP), least);
  return low < high ? { low, high } : proper({ low: Math.min(low, high) / 2, high });
}

/** Which colour of the scale a value has; -1 where it is hidden, as NaN is. */
export function levelsOf({ colors, low, high, hideAbove }: LayerLook): (value: number) => number {
  const most = hideAbove ? high : Number.POSITIVE_INFINITY;
  const last = LEVELS - 1;
  switch (colors) {
    case "labels":
      return (value) =>
        value >= low && value <= most && value !== Number.POSITIVE_INFINITY
          ? 1 + ((((Math.round(value) - 1) % last) + last) % last)
          : -1;
    case "blueRed": {
      const perValue = high > 0 ? last / (2 * high) : 0;
      return (value) => {
        const size = Math.abs(value);
        if (!(size >= low && size <= most)) return -1;
        return Math.min(last, Math.max(0, Math.round(last / 2 + value * perValue)));
      };
    }
    case "gray":
    case "inverse":
    case "hot":
    case "viridis":
    case "magma":
    case "redYellow": {
      const perValue = last / (high - low);
      return (value) =>
        value >= low && value <= most ? Math.min(last, Math.round((value - low) * perValue)) : -1;
    }
  }
}

/** The colour of a value as CSS writes it, which is data and no theme's; null where it is hidden. */
export function colorOfValue(look: LayerLook, value: number): string | null {
  const level = levelsOf(look)(value);
  if (level < 0) return null;
  return colorOfLevel(look.colors, level);
}
