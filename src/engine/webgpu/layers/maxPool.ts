import type { MaxPool } from "../../../network/layers/maxPool";
import { type Pooling, poolMaxima, putBackMaxima } from "../kernels/maxima";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** torch.nn.MaxPool2d / 3d: y[q] = the maximum of the window q; dx[p] = sum of dy[q] over the windows whose maximum stood at p. */
export function maxPool({ layer, path, input, pass }: LayerContext<MaxPool>): Step {
  const { output, record } = poolMaxima(pass, input, maxPooling(layer));
  if (pass.isAnswered(path)) pass.pushPool(record);
  return { output, backward: (gradient) => () => putBackMaxima(pass, gradient, record, "summed") };
}

export const maxPooling = ({ kernel, stride, padding }: MaxPool): Pooling => ({
  kernel,
  stride,
  before: padding,
  padding: "absent",
});
