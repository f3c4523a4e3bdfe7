import type { MaxPool } from "../../../network/layers/maxPool";
import { withoutGradient } from "../../passes";
import type { Step } from "../compilation";
import { bothEnds, maxPool as maxima, maxPoolGradient, maxPoolWithIndices } from "../graph/windows";
import type { LayerContext } from "../layerContext";

/** Maximum of each window; dx = sum of dy over the windows whose (first) maximum stands at that place. */
export function maxPool({ layer, path, input, compilation }: LayerContext<MaxPool>): Step {
  const options = { kernel: layer.kernel, stride: layer.stride, pads: bothEnds(layer.padding) };
  const answered = compilation.isAnswered(path);
  if (!compilation.differentiable && !answered) {
    // Several times faster than a pool that looks up where the maxima are.
    return withoutGradient(path, maxima(input, options));
  }
  const { maxima: output, indices } = maxPoolWithIndices(input, options);
  if (answered) {
    compilation.pushPool({ indices, shape: input.shape, options, padding: layer.padding.map(() => 0) });
  }
  return { output, backward: (gradient) => () => maxPoolGradient(gradient, indices, input.shape, options) };
}
