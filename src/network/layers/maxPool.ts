import { paddingRow, windowRows } from "../definition/attributes";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { PADDING_OPTION, POOL_OPTIONS, sizesPerAxis, windowsOf } from "../definition/ownSizes";
import { pythonSizes } from "../definition/pythonText";
import { windowedField } from "../definition/receptiveFields";
import { paddedBothSides, spatialAxes, windowCounts } from "../definition/spatial";
import type { Dimensions, PerAxis } from "../shapes/axes";
import type { MaxUnpool } from "./maxUnpool";

/** torch.nn.MaxPool2d / 3d, symmetric padding by -infinity, floor of the output size. */
export interface MaxPool {
  readonly kind: "MaxPool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
}

const OPTIONS = {
  ...POOL_OPTIONS,
  padding: {
    ...PADDING_OPTION,
    description: "Voxels on both sides of each axis that are never the largest.",
  },
} as const satisfies LayerOptions;

export const MAX_POOL: LayerDefinition<MaxPool, MaxUnpool, typeof OPTIONS> = {
  kind: "MaxPool",
  category: "pooling",
  own: {
    description: "Largest value of each window.",
    options: OPTIONS,
    make(options, place) {
      const windows = windowsOf("MaxPool", options, place);
      const padding = sizesPerAxis(options.padding, "padding", windows.dimensions, place.where);
      return { kind: "MaxPool", ...windows, padding };
    },
  },
  checkSettings(layer, check) {
    check.windows(layer);
    check.poolPadding(layer);
  },
  outputShape(layer, input) {
    const padded = paddedBothSides(spatialAxes(input, layer.dimensions), layer.padding);
    return [input.shape[0]!, ...windowCounts(input, padded, layer.kernel, layer.stride)];
  },
  remembers: ({ kernel, stride, padding }) => ({ kernel, stride, padding }),
  parameters: () => [],
  receptiveField: (layer, field) => windowedField(field, layer.kernel, layer.stride),
  text: maxPoolText,
  attributes: (layer) => [...windowRows(layer), paddingRow(layer)],
  opensBlock: "never",
  decoding: {
    transposed: (layer) => ({ ...layer, kind: "MaxUnpool" }),
    exchanges: "nothing",
    passedBy: "no convolution",
  },
};

/** As PyTorch prints it; ClinicaDL's pool that pads prints itself as this one too. */
export function maxPoolText(layer: Omit<MaxPool, "kind">): string {
  return `MaxPool${layer.dimensions}d(kernel_size=${pythonSizes(layer.kernel)}, stride=${pythonSizes(layer.stride)}, padding=${pythonSizes(layer.padding)}, dilation=1, ceil_mode=False)`;
}
