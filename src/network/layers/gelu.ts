import { elementwise, exchangedActivation } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { noSettings } from "../definition/settingChecks";

/** x Phi(x), Phi the distribution function of the standard normal, by erf (Hendrycks and Gimpel, 2016). */
export interface GELU {
  readonly kind: "GELU";
}

export const GELU: LayerDefinition<GELU, GELU, Record<never, never>> = {
  kind: "GELU",
  category: "activation",
  own: {
    description: "x times the share of a standard normal below x.",
    options: {},
    make: () => ({ kind: "GELU" }),
  },
  ...elementwise,
  checkSettings: noSettings,
  text: () => "GELU(approximate='none')",
  attributes: () => [],
  decoding: exchangedActivation,
};
