import { copied, elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import { noSettings } from "../definition/settingChecks";

/** 1 / (1 + exp(-x)). */
export interface Sigmoid {
  readonly kind: "Sigmoid";
}

export const SIGMOID: LayerDefinition<Sigmoid, Sigmoid, Record<never, never>> = {
  kind: "Sigmoid",
  category: "activation",
  own: { description: "1 / (1 + exp(-x)).", options: {}, make: () => ({ kind: "Sigmoid" }) },
  ...elementwise,
  checkSettings: noSettings,
  text: () => "Sigmoid()",
  attributes: () => [],
  decoding: copied,
};
