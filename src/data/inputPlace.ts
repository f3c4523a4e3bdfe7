/** Where an input of the network lies in its image: so that what is made of it can be laid over the image. */
import type { ImageSize } from "./images";
import type { InputSettings } from "./networkInput";
import { regionSize } from "./parts";
import { reductionWindow } from "./sizeReduction";

export interface InputPlace {
  /** Voxel of the image at which it begins. */
  readonly start: ImageSize;
  /** Voxels of the image from one of its own to the next. */
  readonly step: number;
  /** As a volume: a slice is one voxel thick. */
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
      const region = cut.regions[index]!;
      const [xs, ys, zs] = region.planes;
      return { start: [xs[0] ?? 0, ys[0] ?? 0, zs[0] ?? 0], step: 1, size: regionSize(region) };
    }
  }
}
