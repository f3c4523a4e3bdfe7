import type { ELU } from "../../../network/layers/elu";
import { activation, recordActivation } from "../kernels/elementwise";
import { EXPONENTIAL_LESS_1, HYPERBOLIC_TANGENT } from "../kernels/exponentials";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** y = x where x > 0, else alpha (exp(x) - 1); dx = dy where x > 0, else dy alpha exp(x). */
const kernels = activation("ELU", {
  options: ["alpha"],
  keeps: "input",
  value: "select(x, shape.alpha * exponential_less_1(min(x, 0.0)), x <= 0.0)",
  slope: "select(shape.alpha * exp(clamp(kept, -120.0, 0.0)), 1.0, kept > 0.0)",
  declarations: `${HYPERBOLIC_TANGENT}${EXPONENTIAL_LESS_1}`,
});

export const elu = (context: LayerContext<ELU>): Step =>
  recordActivation(kernels, context, { alpha: context.layer.alpha });
