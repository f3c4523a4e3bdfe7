import { sizes } from "../definition/attributes";
import { copiedWhereShapeIsKept } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { sizesPerAxis, spatialDimensions } from "../definition/ownSizes";
import { pythonTuple } from "../definition/pythonText";
import { windowedField } from "../definition/receptiveFields";
import { spatialAxes } from "../definition/spatial";
import type { Dimensions, PerAxis } from "../shapes/axes";

/** torch.nn.AdaptiveAvgPool2d / 3d to `outputSize`; window i spans floor(i*in/out) .. ceil((i+1)*in/out). */
export interface AdaptiveAvgPool {
  readonly kind: "AdaptiveAvgPool";
  readonly dimensions: Dimensions;
  readonly outputSize: PerAxis;
}

const OPTIONS = {
  output_size: { type: "sizes", smallest: 1, default: 1, description: "Size of its output." },
} as const satisfies LayerOptions;

export const ADAPTIVE_AVG_POOL: LayerDefinition<AdaptiveAvgPool, AdaptiveAvgPool, typeof OPTIONS> = {
  kind: "AdaptiveAvgPool",
  category: "pooling",
  own: {
    description: "Means of as many windows as its output has places.",
    options: OPTIONS,
    make({ output_size }, place) {
      const dimensions = spatialDimensions("AdaptiveAvgPool", place);
      const outputSize = sizesPerAxis(output_size, "output_size", dimensions, place.where);
      return { kind: "AdaptiveAvgPool", dimensions, outputSize };
    },
  },
  checkSettings: (layer, check) => check.perAxis("output_size", layer.outputSize, layer.dimensions, 1),
  outputShape(layer, input) {
    spatialAxes(input, layer.dimensions);
    return [input.shape[0]!, ...layer.outputSize];
  },
  parameters: () => [],
  receptiveField(_layer, field, input, output) {
    if (output.every((size) => size === 1)) return null;
    const strides = output.map((count, axis) => input[axis]! / count);
    return windowedField(field, widestWindows(input, output), strides);
  },
  text: (layer) => `AdaptiveAvgPool${layer.dimensions}d(output_size=${pythonTuple(layer.outputSize)})`,
  attributes: (layer) => [sizes("output size", layer.outputSize)],
  opensBlock: "always",
  decoding: copiedWhereShapeIsKept,
};

function widestWindows(input: PerAxis, output: PerAxis): number[] {
  return output.map((count, axis) => {
    const windows = Array.from({ length: count }, (_, index) => {
      const start = Math.floor((index * input[axis]!) / count);
      return Math.ceil(((index + 1) * input[axis]!) / count) - start;
    });
    return Math.max(...windows);
  });
}
