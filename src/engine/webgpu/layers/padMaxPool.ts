import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import { adaptivePadding } from "../../../network/shapes/padding";
import { poolMaxima, putBackMaxima } from "../kernels/maxima";
import { spatialOf } from "../kernels/threeAxes";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/**
 * ClinicaDL's PadMaxPool: zeros before each axis so that the stride divides it, then the maximum of each window. The zeros
 * take part: over a negative map they win, and the gradient of such a window goes nowhere.
 */
export function padMaxPool({ layer, path, input, pass }: LayerContext<PadMaxPool>): Step {
  const { kernel, stride } = layer;
  const before = adaptivePadding(spatialOf(input.shape), stride);
  const { output, record } = poolMaxima(pass, input, { kernel, stride, before, padding: "zeros" });
  if (pass.isAnswered(path)) pass.pushPool(record);
  return { output, backward: (gradient) => () => putBackMaxima(pass, gradient, record, "summed") };
}
