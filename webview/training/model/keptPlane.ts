/** Kept planes of reconstructions as pictures. */
import type { KeptImage, PLANE_LAYERS } from "../../../src/space/keptPlanes";
import { spaceOf } from "../../../src/space/space";
import { AXES } from "../../../src/space/triple";
import { type ColorMapName, colorMap } from "../../shared/volume/colorMap";
import { PLANES, type Plane, type PlaneName, placeOf, planeOf } from "../../shared/volume/planes";

export type PlaneLayer = (typeof PLANE_LAYERS)[number];

const COLORS: Readonly<Record<PlaneLayer, ColorMapName>> = {
  input: "gray",
  output: "gray",
  difference: "blueRed",
};

/** Those of which every image has one, axial first. */
export function planesToChoose(images: readonly KeptImage[]): readonly PlaneName[] {
  return [...PLANES]
    .reverse()
    .filter((name) => images.every((image) => keptPlane(image, name) !== undefined));
}

const lieOf = ({ size, affine }: KeptImage, name: PlaneName): Plane =>
  planeOf(name, size, spaceOf(affine, [1, 1, 1]), "neurological");

const keptPlane = (image: KeptImage, name: PlaneName) => {
  const { through } = lieOf(image, name);
  return image.planes.find((plane) => plane.through === through);
};

/** A plane as it lies on the screen, RGBA, row by row. */
export function keptPixels(
  image: KeptImage,
  name: PlaneName,
  layer: PlaneLayer,
): {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Width by height, in millimetres. */
  readonly aspect: number;
} | null {
  const bytes = keptPlane(image, name)?.[layer];
  if (bytes === undefined) return null;
  const { through, across, down } = lieOf(image, name);
  const colors = colorMap(COLORS[layer]);
  const [, second] = AXES.filter((axis) => axis !== through);
  const length = second === undefined ? 1 : image.size[second];
  const [acrossStride, downStride] = across.axis === second ? [1, length] : [length, 1];
  const pixels = new Uint8ClampedArray(4 * across.length * down.length);
  let to = 0;
  for (let row = 0; row < down.length; row++) {
    for (let column = 0; column < across.length; column++, to += 4) {
      const level = bytes[placeOf(down, row) * downStride + placeOf(across, column) * acrossStride]!;
      pixels.set(colors.subarray(3 * level, 3 * level + 3), to);
      pixels[to + 3] = 255;
    }
  }
  const aspect = (across.length * across.spacing) / (down.length * down.spacing);
  return { width: across.length, height: down.length, pixels, aspect };
}
