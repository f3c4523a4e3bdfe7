import { elementwise, exchangedActivation } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { noSettings } from "../definition/settingChecks";

/** max(0, x). */
export interface ReLU {
  readonly kind: "ReLU";
}

export const RELU: LayerDefinition<ReLU, ReLU, Record<never, never>> = {
  kind: "ReLU",
  category: "activation",
  own: { description: "The larger of 0 and x.", options: {}, make: () => ({ kind: "ReLU" }) },
  ...elementwise,
  checkSettings: noSettings,
  text: () => "ReLU()",
  attributes: () => [],
  decoding: exchangedActivation,
};
