import { bareSetting } from "../definition/attributes";
import { copied, elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { pythonFloat } from "../definition/pythonText";
import { sentence } from "../sentence";

/** Zeroes each element with `probability` in training and scales the others by 1 / (1 - probability); identity in evaluation. */
export interface Dropout {
  readonly kind: "Dropout";
  readonly probability: number;
}

const OPTIONS = {
  p: {
    type: "number",
    smallest: 0,
    below: 1,
    absent: "the `dropout` of the experiment",
    description: "Probability that a value is zeroed; the `dropout` of the experiment if absent.",
  },
} as const satisfies LayerOptions;

export const DROPOUT: LayerDefinition<Dropout, Dropout, typeof OPTIONS> = {
  kind: "Dropout",
  category: "reshaping",
  own: {
    description: "Zeroes values at random in training.",
    options: OPTIONS,
    make: ({ p }, place) => ({ kind: "Dropout", probability: p ?? place.dropout }),
  },
  ...elementwise,
  checkSettings({ probability }, check) {
    const inRange = probability >= 0 && probability < 1;
    check.require(
      inRange,
      sentence`its probability is ${probability}.`,
      sentence`Give a number from 0 up to (not including) 1.`,
    );
  },
  text: (layer) => `Dropout(p=${pythonFloat(layer.probability)}, inplace=False)`,
  attributes: (layer) => [bareSetting("probability", layer.probability)],
  decoding: copied,
};
