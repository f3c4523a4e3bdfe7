/** A layer that convolves, either way: linear in its input and in its weight, and db = sum of dy by channel. */
import type { Conv } from "../../../../network/layers/conv";
import type { ConvTranspose } from "../../../../network/layers/convTranspose";
import type { LayerContext } from "../../layerContext";
import type { Step } from "../../pass";
import type { Value } from "../../tape/value";
import { channelSum } from "../channelSum";

/** What Conv and ConvTranspose differ in. Each function records what writes all of `into`. */
export interface ConvolutionFormulas {
  readonly weightShape: readonly number[];
  readonly outputShape: readonly number[];
  apply(weight: Value, bias: Value | undefined, into: Value): void;
  inputGradient(dy: Value, weight: Value, into: Value): void;
  weightGradient(dy: Value, into: Value): void;
}

export function recordConvolution(
  { weightShape, outputShape, apply, inputGradient, weightGradient }: ConvolutionFormulas,
  { layer, path, input, pass }: Omit<LayerContext<Conv | ConvTranspose>, "recordSequence">,
): Step {
  const { tape } = pass;
  const weight = pass.parameter(`${path}.weight`, weightShape);
  const biasShape = [layer.outChannels];
  const bias = layer.bias ? pass.parameter(`${path}.bias`, biasShape) : undefined;
  const output = tape.value(layer.kind, outputShape);
  apply(weight, bias, output);
  return {
    output,
    backward(dy) {
      pass.addGradient(`${path}.weight`, weightShape, (into) => weightGradient(dy, into));
      if (layer.bias) pass.addGradient(`${path}.bias`, biasShape, (into) => channelSum(tape, dy, into));
      return () => {
        const dx = pass.like(`gradient of ${layer.kind}`, input);
        inputGradient(dy, weight, dx);
        return dx;
      };
    },
  };
}
