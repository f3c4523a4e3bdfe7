import { flag, paddingRow, windowRows } from "../definition/attributes";
import { refuseInverse } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { PADDING_OPTION, POOL_OPTIONS, sizesPerAxis, windowsOf } from "../definition/ownSizes";
import { pythonSizes } from "../definition/pythonText";
import { windowedField } from "../definition/receptiveFields";
import { paddedBothSides, spatialAxes, windowCounts } from "../definition/spatial";
import type { Dimensions, PerAxis } from "../shapes/axes";

/** torch.nn.AvgPool2d / 3d, floor of the output size; with `countIncludePad` the zeros of the padding count as values. */
export interface AvgPool {
  readonly kind: "AvgPool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
  readonly countIncludePad: boolean;
}

const OPTIONS = {
  ...POOL_OPTIONS,
  padding: PADDING_OPTION,
  count_include_pad: {
    type: "flag",
    default: true,
    description: "Whether the zeros of the padding count as values of a mean.",
  },
} as const satisfies LayerOptions;

export const AVG_POOL: LayerDefinition<AvgPool, AvgPool, typeof OPTIONS> = {
  kind: "AvgPool",
  category: "pooling",
  own: {
    description: "Mean of each window.",
    options: OPTIONS,
    make(options, place) {
      const windows = windowsOf("AvgPool", options, place);
      return {
        kind: "AvgPool",
        ...windows,
        padding: sizesPerAxis(options.padding, "padding", windows.dimensions, place.where),
        countIncludePad: options.count_include_pad,
      };
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
  parameters: () => [],
  receptiveField: (layer, field) => windowedField(field, layer.kernel, layer.stride),
  text: (layer) =>
    `AvgPool${layer.dimensions}d(kernel_size=${pythonSizes(layer.kernel)}, stride=${pythonSizes(layer.stride)}, padding=${pythonSizes(layer.padding)})`,
  attributes: (layer) => [
    ...windowRows(layer),
    paddingRow(layer),
    flag("padding counts", layer.countIncludePad),
  ],
  opensBlock: "never",
  decoding: {
    transposed: (_layer, source) => refuseInverse(source),
    exchanges: "nothing",
    passedBy: "no convolution",
  },
};
