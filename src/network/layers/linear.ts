import { ArchitectureError } from "../architectureError";
import { change, flag } from "../definition/attributes";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { drawnWeight } from "../definition/ownParameters";
import { BIAS_OPTION } from "../definition/ownSizes";
import { pythonBoolean } from "../definition/pythonText";
import { sentence } from "../sentence";
import { shapeText } from "../shapes/axes";

/** torch.nn.Linear: weight [out, in], bias [out]. */
export interface Linear {
  readonly kind: "Linear";
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly bias: boolean;
}

const OPTIONS = {
  out_features: {
    type: "count",
    smallest: 1,
    absent: "the size of the answer",
    description: "Values that it makes; the last one of `fc` takes the size of the answer if absent.",
  },
  bias: BIAS_OPTION,
} as const satisfies LayerOptions;

export const LINEAR: LayerDefinition<Linear, Linear, typeof OPTIONS> = {
  kind: "Linear",
  category: "linear",
  own: {
    description: "Weighted sums of all values.",
    options: OPTIONS,
    make({ out_features, bias }, { where, input, answerSize }) {
      const outFeatures = out_features ?? answerSize;
      if (outFeatures === undefined)
        throw new ArchitectureError(
          where,
          sentence`this Linear has no \`out_features\`.`,
          sentence`Give their number; only the last Linear of \`fc\` can do without.`,
        );
      if (input.length !== 1)
        throw new ArchitectureError(
          where,
          sentence`a Linear cannot take ${shapeText(input)}.`,
          sentence`Put a Flatten before it.`,
        );
      return { kind: "Linear", inFeatures: input[0]!, outFeatures, bias };
    },
    givesAnswer: true,
  },
  checkSettings(layer, check) {
    check.count("in_features", layer.inFeatures);
    check.count("out_features", layer.outFeatures);
  },
  outputShape(layer, input) {
    if (input.shape.length !== 1)
      input.refuse(sentence`it is not flat.`, sentence`Put a Flatten before the first Linear.`);
    if (input.shape[0] !== layer.inFeatures)
      input.refuse(
        sentence`it expects ${layer.inFeatures} {0|feature|features}.`,
        sentence`Make its in_features that of the layer before.`,
      );
    return [layer.outFeatures];
  },
  parameters: ({ inFeatures, outFeatures, bias }) =>
    drawnWeight([outFeatures, inFeatures], bias ? outFeatures : undefined),
  receptiveField: () => null,
  text: (layer) =>
    `Linear(in_features=${layer.inFeatures}, out_features=${layer.outFeatures}, bias=${pythonBoolean(layer.bias)})`,
  attributes: (layer) => [change("features", layer.inFeatures, layer.outFeatures), flag("bias", layer.bias)],
  opensBlock: "always",
  decoding: {
    transposed: ({ inFeatures, outFeatures }) => linear(outFeatures, inFeatures),
    exchanges: "nothing",
    passedBy: "no convolution",
  },
};

/** With a bias, as PyTorch's default. */
export function linear(inFeatures: number, outFeatures: number): Linear {
  return { kind: "Linear", inFeatures, outFeatures, bias: true };
}
