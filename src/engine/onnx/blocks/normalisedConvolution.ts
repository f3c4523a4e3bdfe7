import type { BatchNorm, Conv, ConvTranspose } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import { add, mul } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { batchNorm, evaluationAffine } from "../layers/batchNorm";
import { type ConvolutionFormulas, convolution, formulasOf } from "../layers/convolution";

/** A layer of a block and its path in the state dict. */
export interface Placed<Layer> {
  readonly layer: Layer;
  readonly path: string;
}

export interface ConvolutionAndNorm {
  readonly convolution: Placed<Conv | ConvTranspose>;
  readonly norm: Placed<BatchNorm>;
}

/**
 * A convolution and the batch norm behind it. In training the norm subtracts the mean, and with it the bias: it is left out,
 * and its gradient is exactly 0. In evaluation the norm is one factor and one summand for each channel: they become part of
 * the weight and the bias.
 */
export function normalisedConvolution(
  block: ConvolutionAndNorm,
  input: Value,
  compilation: Compilation,
): Step {
  if (compilation.mode === "evaluation") return foldedConvolution(block, input, compilation);
  const { layer, path } = block.convolution;
  const convolved = convolution({ ...layer, bias: false }, path, input, compilation);
  const bias = cancelledBias(block, compilation);
  const norm = batchNorm(block.norm.layer, block.norm.path, convolved.output, compilation, bias);
  return {
    output: norm.output,
    backward: (gradient) => convolved.backward(norm.backward(gradient)()),
  };
}

/** The bias that the mean takes away again, if there is one; its gradient, 0, is handed over. */
export function cancelledBias(
  { convolution: { layer, path } }: ConvolutionAndNorm,
  compilation: Compilation,
): Value | undefined {
  if (!layer.bias) return undefined;
  const zeros = Array<number>(layer.outChannels).fill(0);
  const graph = compilation.graph;
  compilation.addGradient(`${path}.bias`, () => graph.constant("float32", [layer.outChannels], zeros));
  return compilation.parameter(`${path}.bias`, [layer.outChannels]);
}

/** scale * (w x + b) + shift = (scale w) x + (scale b + shift). */
export function foldedConvolution(
  { convolution: { layer, path }, norm }: ConvolutionAndNorm,
  input: Value,
  compilation: Compilation,
): Step {
  const formulas = formulasOf(layer, compilation.formulation);
  const { scale, shift } = evaluationAffine(norm.layer, norm.path, compilation);
  const weight = scaledByOutput(
    formulas,
    compilation.parameter(`${path}.weight`, formulas.weightShape),
    scale,
  );
  const bias = layer.bias
    ? add(mul(compilation.parameter(`${path}.bias`, [layer.outChannels]), scale), shift)
    : shift;
  return {
    output: formulas.apply(input, weight, bias),
    backward: () => {
      throw new Error(`${path} is compiled for evaluation: it has no gradient.`);
    },
  };
}

/** `weight` with each output channel multiplied by its element of `factors` [out]. */
export function scaledByOutput(formulas: ConvolutionFormulas, weight: Value, factors: Value): Value {
  const shape = weight.shape.map((size, axis) => (axis === formulas.weightOutputAxis ? size : 1));
  return mul(weight, reshape(factors, shape));
}
