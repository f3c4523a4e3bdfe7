import { bareSetting } from "../definition/attributes";
import { elementwise, exchangedActivation } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { pythonFloat } from "../definition/pythonText";
import { sentence } from "../sentence";

/** x above 0, negativeSlope * x elsewhere. */
export interface LeakyReLU {
  readonly kind: "LeakyReLU";
  readonly negativeSlope: number;
}

const OPTIONS = {
  negative_slope: { type: "number", above: 0, default: 0.01, description: "Slope below 0." },
} as const satisfies LayerOptions;

export const LEAKY_RELU: LayerDefinition<LeakyReLU, LeakyReLU, typeof OPTIONS> = {
  kind: "LeakyReLU",
  category: "activation",
  own: {
    description: "x above 0, a small share of it below.",
    options: OPTIONS,
    make: ({ negative_slope }) => ({ kind: "LeakyReLU", negativeSlope: negative_slope }),
  },
  ...elementwise,
  checkSettings: (layer, check) => check.finite("slope", layer.negativeSlope),
  text: (layer) => `LeakyReLU(negative_slope=${pythonFloat(layer.negativeSlope)})`,
  attributes: (layer) => [bareSetting("negative slope", layer.negativeSlope)],
  decoding: {
    ...exchangedActivation,
    /** Its inverse, as ClinicaDL's. */
    transposed({ negativeSlope }, source) {
      if (negativeSlope === 0)
        source.refuse(sentence`a LeakyReLU of slope 0 has no inverse.`, sentence`Use a ReLU instead.`);
      return { kind: "LeakyReLU", negativeSlope: 1 / negativeSlope };
    },
  },
};
