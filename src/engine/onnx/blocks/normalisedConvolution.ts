import type { Conv } from "../../../network/layers/conv";
import type { ConvTranspose } from "../../../network/layers/convTranspose";
import { withoutGradient } from "../../passes";
import type { Compilation, Step } from "../compilation";
import { convolution } from "../convolutions/convolution";
import { add, mul } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";
import type { Placed } from "../layerContext";
import { batchNorm, evaluationAffine } from "../layers/batchNorm";
import { type ConvolutionAndNorm, formulasOf } from "./block";

/**
 * A convolution and the batch norm after it. In training the norm subtracts the mean, and with it the bias: it is left out,
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
  const formulas = formulasOf(layer, compilation.formulation);
  const convolved = convolution(formulas, { layer: { ...layer, bias: false }, path, input, compilation });
  const bias = cancelledBias(block, compilation);
  const norm = batchNorm({ ...block.norm, input: convolved.output, compilation }, bias);
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

function foldedConvolution(block: ConvolutionAndNorm, input: Value, compilation: Compilation): Step {
  const { layer, path } = block.convolution;
  const { weight, bias } = foldedParameters(block, compilation);
  return withoutGradient(path, formulasOf(layer, compilation.formulation).apply(input, weight, bias));
}

/** The weight, and the bias [out] if there is one. */
export function convolutionParameters(
  { layer, path }: Placed<Conv | ConvTranspose>,
  compilation: Compilation,
): { readonly weight: Value; readonly bias: Value | undefined } {
  const { weightShape } = formulasOf(layer, compilation.formulation);
  return {
    weight: compilation.parameter(`${path}.weight`, weightShape),
    bias: layer.bias ? compilation.parameter(`${path}.bias`, [layer.outChannels]) : undefined,
  };
}

/** scale * (w x + b) + shift = (scale w) x + (scale b + shift): the weight, and the bias [out]. */
export function foldedParameters(
  { convolution, norm }: ConvolutionAndNorm,
  compilation: Compilation,
): { readonly weight: Value; readonly bias: Value } {
  const formulas = formulasOf(convolution.layer, compilation.formulation);
  const { weight, bias } = convolutionParameters(convolution, compilation);
  const { scale, shift } = evaluationAffine(norm.layer, norm.path, compilation);
  return {
    weight: formulas.scaledByOutput(weight, scale),
    bias: bias === undefined ? shift : add(mul(bias, scale), shift),
  };
}
