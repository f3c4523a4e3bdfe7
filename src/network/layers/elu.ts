import { bareSetting } from "../definition/attributes";
import { elementwise, exchangedActivation } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { pythonFloat } from "../definition/pythonText";

/** x above 0, alpha (exp(x) - 1) elsewhere (Clevert, Unterthiner and Hochreiter, 2016). */
export interface ELU {
  readonly kind: "ELU";
  readonly alpha: number;
}

const OPTIONS = {
  alpha: { type: "number", above: 0, default: 1, description: "Minus the value that it nears far below 0." },
} as const satisfies LayerOptions;

export const ELU: LayerDefinition<ELU, ELU, typeof OPTIONS> = {
  kind: "ELU",
  category: "activation",
  own: {
    description: "x above 0, alpha (exp(x) - 1) below.",
    options: OPTIONS,
    make: ({ alpha }) => ({ kind: "ELU", alpha }),
  },
  ...elementwise,
  checkSettings: (layer, check) => check.finite("alpha", layer.alpha),
  text: (layer) => `ELU(alpha=${pythonFloat(layer.alpha)})`,
  attributes: (layer) => [bareSetting("alpha", layer.alpha)],
  decoding: exchangedActivation,
};
