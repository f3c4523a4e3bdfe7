/** The three planes of a volume through one of its voxels, as pictures. */
import { voxelSizesOf } from "../../space/affine";
import type { SpatialImage } from "../../space/grid";
import { AXES, type Axis, type Triple, tripleOf } from "../../space/triple";
import type { Picture } from "./png";

export interface Plane {
  readonly plane: "sagittal" | "coronal" | "axial";
  readonly picture: Picture;
  /** Width and height in millimetres. */
  readonly extent: readonly [number, number];
}

export type Colour = readonly [red: number, green: number, blue: number];

const NAMES = ["sagittal", "coronal", "axial"] as const;

/**
 * Sagittal, coronal, axial; those that the volume has: a slice is but one. Left of a picture is the left of the person, or the back.
 * @param volume with its axes in canonical order: right, anterior, superior
 */
export function planesAt(
  { grid: { shape, affine }, values }: SpatialImage,
  at: Triple,
  colourOf: (value: number) => Colour,
): readonly Plane[] {
  const sizes = voxelSizesOf(affine);
  return AXES.flatMap((across) => {
    const [horizontal, vertical] = AXES.filter((axis) => axis !== across) as [Axis, Axis];
    const [width, height] = [shape[horizontal], shape[vertical]];
    if (width === 1 || height === 1) return [];
    const rgb = new Uint8Array(3 * width * height);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        // Superior, or anterior, is above: the first line is the last voxel.
        const voxel = tripleOf((axis) =>
          axis === across ? at[across] : axis === horizontal ? x : height - 1 - y,
        );
        const value = values[(voxel[0] * shape[1] + voxel[1]) * shape[2] + voxel[2]]!;
        rgb.set(colourOf(value), 3 * (y * width + x));
      }
    }
    const extent = [width * sizes[horizontal], height * sizes[vertical]] as const;
    return [{ plane: NAMES[across], picture: { width, height, rgb }, extent }];
  });
}

/** @param share from 0, black, to 1, white */
export function greyOf(share: number): Colour {
  const level = Math.round(255 * share);
  return [level, level, level];
}

const SCALE = { width: 121, height: 10 } as const;

/** What colours stand for: from the share `lowest` on the left to 1 on the right. */
export function colourScale(colourOf: (share: number) => Colour, lowest: number): Picture {
  const { width, height } = SCALE;
  const line = Array.from({ length: width }, (_, x) => [
    ...colourOf(lowest + ((1 - lowest) * x) / (width - 1)),
  ]);
  const lines = Array.from({ length: height }, () => line);
  return { width, height, rgb: Uint8Array.from(lines.flat(2)) };
}
