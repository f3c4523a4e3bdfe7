import type { MaxPool } from "../../../network/layers/maxPool";
import { poolMaxima, putBackMaxima } from "../kernels/maxima";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** torch.nn.MaxPool2d / 3d: y[q] = the maximum of the window q; dx[p] = sum of dy[q] over the windows whose maximum stood at p. */
export function maxPool({ layer, path, input, pass }: LayerContext<MaxPool>): Step {
  const { kernel, stride, padding } = layer;
  const { output, record } = poolMaxima(pass, input, { kernel, stride, before: padding, padding: "absent" });
  if (pass.isAnswered(path)) pass.pushPool(record);
  return { output, backward: (gradient) => () => putBackMaxima(pass, gradient, record, "summed") };
}
