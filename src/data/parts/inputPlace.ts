/** Where an input of the network lies in its image: so that what is made of it can be laid over the image. */

import type { InputSettings } from "../batches/networkInput";
import { reductionWindow } from "../batches/sizeReduction";
import type { ImageSize } from "../sources/images";
import { type Region, regionSize } from "./parts";

export interface InputPlace {
  /** Voxel of the image at which it begins. */
  readonly start: ImageSize;
  /** Voxels of the image from one of its own to the next. */
  readonly step: number;
  /** As a volume: a slice is one voxel thick, a region as large as the box around it. */
  readonly size: ImageSize;
}

/** @param index of the part, from 0 */
export function inputPlace(
  { cut, imageSize, reduction }: Pick<InputSettings, "cut" | "imageSize" | "reduction">,
  index: number,
): InputPlace {
  switch (cut.mode) {
    case "image":
      return reduction === null
        ? { start: [0, 0, 0], step: 1, size: imageSize }
        : reductionWindow(imageSize, reduction);
    case "patch": {
      const [, ny, nz] = cut.counts;
      const corner = [Math.floor(index / (ny * nz)), Math.floor(index / nz) % ny, index % nz] as const;
      const [x, y, z] = corner;
      return {
        start: [x * cut.stride, y * cut.stride, z * cut.stride],
        step: 1,
        size: [cut.size, cut.size, cut.size],
      };
    }
    case "slice": {
      const along = (axis: number, at: number, otherwise: number) =>
        axis === cut.direction ? at : otherwise;
      const at = cut.first + index;
      const [nx, ny, nz] = imageSize;
      return {
        start: [along(0, at, 0), along(1, at, 0), along(2, at, 0)],
        step: 1,
        size: [along(0, 1, nx), along(1, 1, ny), along(2, 1, nz)],
      };
    }
    case "roi": {
      const { planes } = cut.regions[index]!;
      const start = planes.map(([first = 0]) => first) as [number, number, number];
      const size = planes.map((kept, axis) => (kept.at(-1) ?? -1) + 1 - start[axis]!);
      return { start, step: 1, size: size as [number, number, number] };
    }
  }
}

/**
 * The values of an input where they lie in its place, C order: the planes that a region leaves out between two parts of its mask
 * (both hippocampi, for instance) are 0. Of several channels the first is kept.
 * @param values [channels, ...spatial] of the part
 */
export function valuesInPlace(
  settings: Pick<InputSettings, "cut" | "imageSize" | "reduction">,
  index: number,
  values: Float32Array,
): Float32Array {
  const { size } = inputPlace(settings, index);
  const region = settings.cut.mode === "roi" ? settings.cut.regions[index]! : undefined;
  if (region === undefined || regionSize(region).join() === size.join()) {
    return values.slice(0, size[0] * size[1] * size[2]);
  }
  return spread(region, size, values);
}

function spread({ planes }: Region, size: ImageSize, values: Float32Array): Float32Array {
  const [xs, ys, zs] = planes;
  const box = new Float32Array(size[0] * size[1] * size[2]);
  let from = 0;
  for (const x of xs) {
    for (const y of ys) {
      const row = ((x - xs[0]!) * size[1] + (y - ys[0]!)) * size[2];
      for (const z of zs) box[row + z - zs[0]!] = values[from++]!;
    }
  }
  return box;
}
