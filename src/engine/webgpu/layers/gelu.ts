import type { GELU } from "../../../network/layers/gelu";
import { activation, recordActivation } from "../kernels/elementwise";
import { NORMAL } from "../kernels/exponentials";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/**
 * y = x Phi(x) and dx = dy (Phi(x) + x phi(x)), where Phi(x) = (1 + erf(x / sqrt 2)) / 2 is the distribution function of the standard
 * normal and phi its density.
 */
const kernels = activation("GELU", {
  keeps: "input",
  value: "x * normal_distribution(x)",
  slope: "normal_distribution(kept) + kept * normal_density(kept)",
  declarations: NORMAL,
});

export const gelu = (context: LayerContext<GELU>): Step => recordActivation(kernels, context, {});
