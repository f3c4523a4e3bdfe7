import type { Sigmoid } from "../../../network/layers/sigmoid";
import { activation, recordActivation } from "../kernels/elementwise";
import { LOGISTIC } from "../kernels/exponentials";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** y = 1 / (1 + exp(-x)); dx = dy * y (1 - y). */
const kernels = activation("Sigmoid", {
  keeps: "output",
  value: "logistic(x)",
  slope: "kept * (1.0 - kept)",
  declarations: LOGISTIC,
});

export const sigmoid = (context: LayerContext<Sigmoid>): Step => recordActivation(kernels, context, {});
