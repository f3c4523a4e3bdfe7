import { copied, elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { noSettings } from "../definition/settingChecks";

/** Hyperbolic tangent. */
export interface Tanh {
  readonly kind: "Tanh";
}

export const TANH: LayerDefinition<Tanh, Tanh, Record<never, never>> = {
  kind: "Tanh",
  category: "activation",
  own: { description: "Hyperbolic tangent.", options: {}, make: () => ({ kind: "Tanh" }) },
  ...elementwise,
  checkSettings: noSettings,
  text: () => "Tanh()",
  attributes: () => [],
  decoding: copied,
};
