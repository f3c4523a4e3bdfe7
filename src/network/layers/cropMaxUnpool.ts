import { windowRows } from "../definition/attributes";
import { copiedWhereShapeIsKept } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { pythonSizes } from "../definition/pythonText";
import { spreadField } from "../definition/receptiveFields";
import { coveredSizes, spatialAxes, unpadded } from "../definition/spatial";
import { checkAnswered } from "../definition/unpooling";
import { sentence } from "../sentence";
import { type Dimensions, type PerAxis, sameShape } from "../shapes/axes";
import { adaptivePadding, paddedSizes } from "../shapes/padding";
import { maxUnpoolText } from "./maxUnpool";

/** Inverse of PadMaxPool: unpool by its indices, then crop the planes that it had put in front. */
export interface CropMaxUnpool {
  readonly kind: "CropMaxUnpool";
  readonly dimensions: Dimensions;
  readonly kernel: PerAxis;
  readonly stride: PerAxis;
}

export const CROP_MAX_UNPOOL: LayerDefinition<CropMaxUnpool> = {
  kind: "CropMaxUnpool",
  category: "pooling",
  own: undefined,
  checkSettings: (layer, check) => check.windows(layer),
  outputShape: (layer, input) => [
    input.shape[0]!,
    ...coveredSizes(spatialAxes(input, layer.dimensions), layer),
  ],
  answer(layer, input, pool) {
    checkAnswered({ ...layer, padding: unpadded(layer.dimensions) }, "PadMaxPool", input, pool);
    const padded = paddedSizes(pool.input.slice(1), layer.stride);
    const unpooled = coveredSizes(input.shape.slice(1), layer);
    if (!sameShape(padded, unpooled))
      input.refuse(
        sentence`it makes ${unpooled.join("x")}, but the indices of ${pool.path} point into its padded input ${padded.join("x")}.`,
        sentence`Give PadMaxPool a kernel equal to its stride (or a multiple of it).`,
      );
    return { output: pool.input, before: adaptivePadding(pool.input.slice(1), layer.stride) };
  },
  parameters: () => [],
  receptiveField: (layer, field) => spreadField(field, layer.stride, layer.stride),
  text: (layer) =>
    `CropMaxUnpool${layer.dimensions}d(kernel_size=${pythonSizes(layer.kernel)}, stride=${pythonSizes(layer.stride)})`,
  modules: (layer) => ({
    title: `CropMaxUnpool${layer.dimensions}d`,
    lines: [`(unpool): ${maxUnpoolText({ ...layer, padding: unpadded(layer.dimensions) })}`],
  }),
  attributes: windowRows,
  opensBlock: "always",
  decoding: { ...copiedWhereShapeIsKept, passedBy: "convolutions that keep every shape" },
};
