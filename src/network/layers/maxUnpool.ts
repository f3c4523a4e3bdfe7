import { paddingRow, windowRows } from "../definition/attributes";
import { copiedWhereShapeIsKept } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { pythonTuple } from "../definition/pythonText";
import { spreadField } from "../definition/receptiveFields";
import { coveredSizes, spatialAxes } from "../definition/spatial";
import { checkAnswered } from "../definition/unpooling";
import type { Dimensions, PerAxis } from "../shapes/axes";

/** Inverse of a MaxPool of the encoder: values go back to the indices that it kept; zeros elsewhere. */
export interface MaxUnpool {
  readonly kind: "MaxUnpool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
  readonly padding: PerAxis;
}

export const MAX_UNPOOL: LayerDefinition<MaxUnpool> = {
  kind: "MaxUnpool",
  category: "pooling",
  own: undefined,
  checkSettings(layer, check) {
    check.windows(layer);
    check.poolPadding(layer);
  },
  outputShape: (layer, input) => [
    input.shape[0]!,
    ...coveredSizes(spatialAxes(input, layer.dimensions), layer),
  ],
  answer(layer, input, pool) {
    checkAnswered(layer, "MaxPool", input, pool);
    return { output: pool.input };
  },
  parameters: () => [],
  receptiveField: (layer, field) => spreadField(field, layer.stride, layer.stride),
  text: maxUnpoolText,
  attributes: (layer) => [...windowRows(layer), paddingRow(layer)],
  opensBlock: "always",
  decoding: { ...copiedWhereShapeIsKept, passedBy: "convolutions that keep every shape" },
};

/** As PyTorch prints it. */
export function maxUnpoolText(layer: Omit<MaxUnpool, "kind">): string {
  return `MaxUnpool${layer.dimensions}d(kernel_size=${pythonTuple(layer.kernel)}, stride=${pythonTuple(layer.stride)}, padding=${pythonTuple(layer.padding)})`;
}
