import type { Tanh } from "../../../network/layers/tanh";
import { activation, recordActivation } from "../kernels/elementwise";
import { HYPERBOLIC_TANGENT } from "../kernels/exponentials";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** y = tanh(x); dx = dy * (1 - y^2). */
const kernels = activation("Tanh", {
  keeps: "output",
  value: "hyperbolic_tangent(x)",
  slope: "(1.0 - kept) * (1.0 + kept)",
  declarations: HYPERBOLIC_TANGENT,
});

export const tanh = (context: LayerContext<Tanh>): Step => recordActivation(kernels, context, {});
