import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import { adaptivePadding } from "../../../network/shapes/padding";
import type { Step } from "../compilation";
import { dropPadding, pad } from "../graph/arrangement";
import { maxPoolGradient, maxPoolWithIndices } from "../graph/windows";
import type { LayerContext } from "../layerContext";

/**
 * ClinicaDL's PadMaxPool: zeros before each axis so that the stride divides it, then the maximum of each window. The zeros
 * take part: over a negative map they win, and the gradient of such a window goes nowhere.
 */
export function padMaxPool({ layer, path, input, compilation }: LayerContext<PadMaxPool>): Step {
  const padding = adaptivePadding(input.shape.slice(2), layer.stride);
  const padded = pad(input, [0, 0, ...padding], [0, 0, ...padding.map(() => 0)]);
  const options = { ...layer, pads: [...padding, ...padding].map(() => 0) };
  // Without indices the runtime would merge the padding into the pool, where it never wins.
  const { maxima, indices } = maxPoolWithIndices(padded, options);
  if (compilation.isAnswered(path)) compilation.pushPool({ indices, shape: padded.shape, options, padding });
  return {
    output: maxima,
    backward: (gradient) => () =>
      dropPadding(maxPoolGradient(gradient, indices, padded.shape, options), padding),
  };
}
