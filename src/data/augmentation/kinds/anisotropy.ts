import type { NamedAxis } from "../../../experiment/schema/spatialAugmentation";
import { type DrawnRange, uniform } from "../drawing";
import { mapLines } from "../grid";
import type { AugmentationKind } from "../kind";
import { axisOfInput } from "./flip";

export interface AnisotropySettings {
  readonly axes: readonly NamedAxis[];
  readonly factor: DrawnRange;
}

export interface DrawnAnisotropy {
  readonly kind: "anisotropy";
  /** Of the input; null where it has none of those that were given. */
  readonly axis: number | null;
  readonly factor: number;
}

/**
 * As if the image had been taken in planes that are `factor` voxels apart along one axis, and brought to its grid afterwards: values
 * at 0, f, 2 f, ... by linear interpolation, those between two planes by linear interpolation between them, the last plane to the end.
 */
export const anisotropy: AugmentationKind<AnisotropySettings, DrawnAnisotropy> = {
  draw({ axes, factor: [low, high] }, image, random) {
    const meant = axes
      .map((axis) => axisOfInput(axis, image))
      .filter((axis) => image.grid.axes.includes(axis));
    const factor = uniform(random, low, high);
    return { kind: "anisotropy", axis: meant[random.integer(Math.max(meant.length, 1))] ?? null, factor };
  },

  apply(values, grid, { axis, factor }) {
    if (axis === null || factor === 1) return;
    mapLines(values, grid, axis, (line, result) => {
      const planes = Math.floor((line.length - 1) / factor) + 1;
      const plane = (at: number) => between(line, Math.min(at, planes - 1) * factor);
      for (let i = 0; i < result.length; i++) {
        const at = i / factor;
        const below = Math.floor(at);
        const value = plane(below);
        result[i] = value + (plane(below + 1) - value) * (at - below);
      }
    });
  },
};

/** By linear interpolation, at a place from 0 to the length - 1. */
function between(line: Float32Array, place: number): number {
  const below = Math.floor(place);
  const value = line[below]!;
  return value + (line[Math.min(below + 1, line.length - 1)]! - value) * (place - below);
}
