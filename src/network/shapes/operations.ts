/** How much a network computes: the multiply-adds of its convolutions and linear layers, beside which all else is little. */
import type { Layer } from "../layer";
import type { Network } from "../network";
import { elementCount } from "../weights/tensor";
import type { Shape } from "./axes";
import { flattenTrace, traceShapes } from "./shape";

/** Of one image through one layer; padding counts as if it were multiplied, as is usual. */
function multiplyAdds(layer: Layer, input: Shape, output: Shape): number {
  if (layer.kind === "Linear") return layer.inFeatures * layer.outFeatures;
  if (layer.kind === "Conv")
    return elementCount(output) * (layer.inChannels / layer.groups) * elementCount(layer.kernel);
  if (layer.kind === "ConvTranspose")
    return elementCount(input) * (layer.outChannels / layer.groups) * elementCount(layer.kernel);
  return 0;
}

export interface Operations {
  /** Floating point operations (two a multiply-add) of the answers to a batch. */
  readonly answer: number;
  /** Of a step of training: forward, the gradients by the inputs (not that by the images) and by the weights. */
  readonly step: number;
}

/** @param batchSize images of the batch */
export function operationsOf(network: Network, batchSize: number): Operations {
  const layers = flattenTrace(traceShapes(network))
    .map(({ layer, input, output }) => 2 * batchSize * multiplyAdds(layer, input, output))
    .filter((operations) => operations > 0);
  const answer = layers.reduce((sum, operations) => sum + operations, 0);
  return { answer, step: 3 * answer - (layers[0] ?? 0) };
}
