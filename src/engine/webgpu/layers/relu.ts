import type { ReLU } from "../../../network/layers/relu";
import { activation, recordActivation } from "../kernels/elementwise";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** y = max(x, 0), NaN where x is NaN; dx = dy where y > 0. */
const kernels = activation("ReLU", {
  keeps: "output",
  value: "select(x, 0.0, x <= 0.0)",
  slope: "select(0.0, 1.0, kept > 0.0)",
});

export const relu = (context: Pick<LayerContext<ReLU>, "input" | "pass">): Step =>
  recordActivation(kernels, context, {});
