import type { LeakyReLU } from "../../../network/layers/leakyRelu";
import { activation, recordActivation } from "../kernels/elementwise";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** y = x where x > 0, else slope * x; dx = dy where x > 0, else slope * dy. */
const kernels = activation("LeakyReLU", {
  options: ["negative_slope"],
  keeps: "input",
  value: "select(x, shape.negative_slope * x, x <= 0.0)",
  slope: "select(shape.negative_slope, 1.0, kept > 0.0)",
});

export const leakyRelu = (context: LayerContext<LeakyReLU>): Step =>
  recordActivation(kernels, context, { negative_slope: context.layer.negativeSlope });
