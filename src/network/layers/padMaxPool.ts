import { windowRows } from "../definition/attributes";
import type { LayerDefinition } from "../definition/layerDefinition";
import { POOL_OPTIONS, windowsOf } from "../definition/ownSizes";
import { pythonSizes } from "../definition/pythonText";
import { windowedField } from "../definition/receptiveFields";
import { spatialAxes, unpadded, windowCounts } from "../definition/spatial";
import type { Dimensions, PerAxis } from "../shapes/axes";
import { adaptivePadding, paddedSizes, paddingTuple } from "../shapes/padding";
import type { CropMaxUnpool } from "./cropMaxUnpool";
import { maxPoolText } from "./maxPool";

/** ClinicaDL's adaptive pooling: zeros BEFORE each axis so that the stride divides its size, then MaxPool without padding. */
export interface PadMaxPool {
  readonly kind: "PadMaxPool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}

export const PAD_MAX_POOL: LayerDefinition<PadMaxPool, CropMaxUnpool, typeof POOL_OPTIONS> = {
  kind: "PadMaxPool",
  category: "pooling",
  own: {
    description:
      "Zeros before each axis so that the stride divides its size, then the largest value of each window.",
    options: POOL_OPTIONS,
    make: (options, place) => ({ kind: "PadMaxPool", ...windowsOf("PadMaxPool", options, place) }),
  },
  checkSettings: (layer, check) => check.windows(layer),
  outputShape(layer, input) {
    const padded = paddedSizes(spatialAxes(input, layer.dimensions), layer.stride);
    return [input.shape[0]!, ...windowCounts(input, padded, layer.kernel, layer.stride)];
  },
  remembers: ({ kernel, stride, dimensions }, input) => ({
    kernel,
    stride,
    padding: unpadded(dimensions),
    before: adaptivePadding(input.slice(1), stride),
  }),
  parameters: () => [],
  receptiveField: (layer, field) => windowedField(field, layer.kernel, layer.stride),
  text: (layer) =>
    `PadMaxPool${layer.dimensions}d(kernel_size=${pythonSizes(layer.kernel)}, stride=${pythonSizes(layer.stride)})`,
  modules: (layer, padding) => ({
    title: `PadMaxPool${layer.dimensions}d`,
    lines: [
      `(pool): ${maxPoolText({ ...layer, padding: unpadded(layer.dimensions) })}`,
      `(pad): ConstantPad${layer.dimensions}d(padding=(${paddingTuple(padding).join(", ")}), value=0)`,
    ],
  }),
  attributes: windowRows,
  opensBlock: "never",
  decoding: {
    transposed: (layer) => ({ ...layer, kind: "CropMaxUnpool" }),
    exchanges: "nothing",
    passedBy: "no convolution",
  },
};
