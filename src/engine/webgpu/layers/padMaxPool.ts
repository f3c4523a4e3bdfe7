import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import { adaptivePadding } from "../../../network/shapes/padding";
import { type Pooling, poolMaxima, putBackMaxima } from "../kernels/maxima";
import { spatialOf } from "../kernels/threeAxes";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/**
 * ClinicaDL's PadMaxPool: zeros before each axis so that the stride divides it, then the maximum of each window. The zeros
 * take part: over a negative map they win, and the gradient of such a window goes nowhere.
 */
export function padMaxPool({ layer, path, input, pass }: LayerContext<PadMaxPool>): Step {
  const { output, record } = poolMaxima(pass, input, padMaxPooling(layer, input.shape));
  if (pass.isAnswered(path)) pass.pushPool(record);
  return { output, backward: (gradient) => () => putBackMaxima(pass, gradient, record, "summed") };
}

/** @param inputShape [N, channels, ...spatial] */
export const padMaxPooling = ({ kernel, stride }: PadMaxPool, inputShape: readonly number[]): Pooling => ({
  kernel,
  stride,
  before: adaptivePadding(spatialOf(inputShape), stride),
  padding: "zeros",
});
