import type { SiLU } from "../../../network/layers/silu";
import { activation, recordActivation } from "../kernels/elementwise";
import { LOGISTIC } from "../kernels/exponentials";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** y = x s(x) where s(x) = 1 / (1 + exp(-x)); dx = dy s(x) (1 + x (1 - s(x))), with 1 - s(x) = s(-x). */
const kernels = activation("SiLU", {
  keeps: "input",
  value: "x * logistic(x)",
  slope: "logistic(kept) * (1.0 + kept * logistic(-kept))",
  declarations: LOGISTIC,
});

export const silu = (context: LayerContext<SiLU>): Step => recordActivation(kernels, context, {});
