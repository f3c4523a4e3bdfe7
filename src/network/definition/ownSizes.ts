/** Options of layers of one's own that several kinds have, and what they are for an image. */
import { ArchitectureError } from "../architectureError";
import { sentence } from "../sentence";
import { type Dimensions, everywhere, type PerAxis, shapeText } from "../shapes/axes";
import type { OwnPlace } from "./layerDefinition";
import type { LayerOptions, Sizes } from "./layerOptions";

/** Windows of a pool. */
export const POOL_OPTIONS = {
  kernel_size: { type: "sizes", smallest: 1, default: 2, description: "Size of a window." },
  stride: {
    type: "sizes",
    smallest: 1,
    absent: "the size of a window",
    description: "Step from window to window; the size of a window if absent.",
  },
} as const satisfies LayerOptions;

export const PADDING_OPTION = {
  type: "sizes",
  smallest: 0,
  default: 0,
  description: "Zeros on both sides of each axis.",
} as const;

export const EPSILON_OPTION = {
  type: "number",
  above: 0,
  default: 1e-5,
  description: "Added to the variance.",
} as const;

export const BIAS_OPTION = {
  type: "flag",
  default: true,
  description: "Whether a bias that learns is added.",
} as const;

/** 2 or 3, by the image that reaches a layer. @throws ArchitectureError where none does */
export function spatialDimensions(kind: string, { where, input }: OwnPlace): Dimensions {
  if (input.length === 3) return 2;
  if (input.length === 4) return 3;
  throw new ArchitectureError(
    where,
    sentence`a ${kind} needs an image and gets ${shapeText(input)} {1|value|values}.`,
    sentence`Put it before the Flatten.`,
  );
}

/** @throws ArchitectureError unless there is one size or one per axis */
export function sizesPerAxis(sizes: Sizes, key: string, dimensions: Dimensions, where: string): PerAxis {
  if (typeof sizes === "number") return everywhere(sizes, dimensions);
  if (sizes.length === dimensions) return sizes;
  throw new ArchitectureError(
    where,
    sentence`\`${key}\` has ${sizes.length} {1|size|sizes} for ${dimensions} {2|axis|axes}.`,
    sentence`Give one number, or one per axis.`,
  );
}

interface WindowValues {
  readonly kernel_size: Sizes;
  readonly stride?: Sizes | undefined;
}

/** Kernel and stride of a layer of one's own. */
export function windowsOf(kind: string, options: WindowValues, place: OwnPlace) {
  const dimensions = spatialDimensions(kind, place);
  return {
    dimensions,
    kernel: sizesPerAxis(options.kernel_size, "kernel_size", dimensions, place.where),
    stride: sizesPerAxis(options.stride ?? options.kernel_size, "stride", dimensions, place.where),
  };
}
