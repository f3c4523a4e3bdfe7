import { withoutGradient } from "../../passes";
import type { Compilation, Step } from "../compilation";
import { absolute, add, less, mul, where } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { channelSum } from "../graph/reduction";
import { affineParameters, updateRunningStatistics } from "../layers/batchNorm";
import { fromStatistics, gradientSums, statisticsOf } from "../norms/statistics";
import { type ConvolutionAndNorm, formulasOf, type PooledBlock } from "./block";
import { EarlyPool } from "./earlyPool";
import { cancelledBias, convolutionParameters, foldedParameters } from "./normalisedConvolution";
import { placesLayout, suitsPlaces } from "./placesLayout";
import { type PooledLayout, wholeLayout } from "./pooledLayout";

/**
 * Convolution, perhaps a batch norm, ReLU or LeakyReLU, and a pool whose windows do not meet, with everything after the
 * statistics at the pooled size. The activation rises, and so does the norm where gamma > 0; where gamma < 0 the convolution
 * changes its sign. So the maximum of a window stays where it is, and the pool can come first: bias, the norm's affine part,
 * the activation and their gradients see one value of each window, and only the (centered) output of the convolution is kept
 * at full size.
 */
export function pooledBlock(block: PooledBlock, input: Value, compilation: Compilation): Step {
  const { norm, ...rest } = block;
  if (compilation.mode === "evaluation") return evaluationBlock(block, input, compilation);
  return norm === undefined
    ? trainingBlockWithoutNorm(rest, input, compilation)
    : trainingBlock({ norm, ...rest }, input, compilation);
}

function trainingBlock(
  block: PooledBlock & ConvolutionAndNorm,
  input: Value,
  compilation: Compilation,
): Step {
  const { convolution, norm, activation, pool } = block;
  const { outChannels } = convolution.layer;
  const formulas = formulasOf(convolution.layer, compilation.formulation);
  const weightName = `${convolution.path}.weight`;
  const gamma = compilation.parameter(`${norm.path}.weight`, [outChannels]);
  const sign = where(less(gamma, 0), -1, 1);
  const weight = formulas.scaledByOutput(compilation.parameter(weightName, formulas.weightShape), sign);

  const early = new EarlyPool(activation.layer, pool.layer, formulas.outputShape(input));
  const layout = layoutOf(block, input, weight, early, compilation);
  const statistics = statisticsOf(layout.convolved, norm.layer, layout);
  const bias = cancelledBias(block, compilation);
  const mean = mul(reshape(statistics.mean, [outChannels]), sign);
  const trueMean = bias === undefined ? mean : add(mean, bias);
  updateRunningStatistics(norm.layer, norm.path, trueMean, statistics, compilation);

  const { maxima, indices, putBack } = layout.pool(statistics.centered);
  const affine = affineParameters(norm.layer, norm.path, maxima, compilation);
  const scale = mul(absolute(affine.gamma), statistics.inverseDeviation);
  const output = early.activate(add(mul(maxima, scale), affine.beta));
  if (compilation.isAnswered(pool.path)) compilation.pushPool(early.record(indices(), output));

  return {
    output,
    backward(gradient) {
      const normGradient = mul(gradient, early.slope(output));
      const sums = gradientSums(normGradient, maxima, statistics);
      compilation.addGradient(`${norm.path}.weight`, () =>
        mul(reshape(sums.correlation, [outChannels]), sign),
      );
      compilation.addGradient(`${norm.path}.bias`, () => reshape(sums.total, [outChannels]));
      const convolutionGradient = add(
        putBack(mul(normGradient, scale)),
        fromStatistics(statistics, sums, scale),
      );
      compilation.addGradient(weightName, () =>
        formulas.scaledByOutput(layout.weightGradient(convolutionGradient), sign),
      );
      return () => layout.inputGradient(convolutionGradient);
    },
  };
}

function trainingBlockWithoutNorm(
  block: Omit<PooledBlock, "norm">,
  input: Value,
  compilation: Compilation,
): Step {
  const { convolution, activation, pool } = block;
  const formulas = formulasOf(convolution.layer, compilation.formulation);
  const { weight, bias } = convolutionParameters(convolution, compilation);
  const early = new EarlyPool(activation.layer, pool.layer, formulas.outputShape(input));
  const layout = layoutOf(block, input, weight, early, compilation);
  const { maxima, indices, putBack } = layout.pool(layout.convolved);
  const output = early.activate(withBias(maxima, bias));
  if (compilation.isAnswered(pool.path)) compilation.pushPool(early.record(indices(), output));
  return {
    output,
    backward(gradient) {
      const convolutionGradient = mul(gradient, early.slope(output));
      const routed = putBack(convolutionGradient);
      compilation.addGradient(`${convolution.path}.weight`, () => layout.weightGradient(routed));
      if (bias !== undefined) {
        compilation.addGradient(`${convolution.path}.bias`, () =>
          reshape(channelSum(convolutionGradient), bias.shape),
        );
      }
      return () => layout.inputGradient(routed);
    },
  };
}

function evaluationBlock(block: PooledBlock, input: Value, compilation: Compilation): Step {
  const { convolution, norm, activation, pool } = block;
  const formulas = formulasOf(convolution.layer, compilation.formulation);
  const { weight, bias } =
    norm === undefined
      ? convolutionParameters(convolution, compilation)
      : foldedParameters({ convolution, norm }, compilation);
  const early = new EarlyPool(activation.layer, pool.layer, formulas.outputShape(input));
  const layout = layoutOf(block, input, weight, early, compilation);
  if (!compilation.isAnswered(pool.path)) {
    const output = early.activate(withBias(layout.maxima(layout.convolved), bias));
    return withoutGradient(convolution.path, output);
  }
  const { maxima, indices } = layout.pool(layout.convolved);
  const output = early.activate(withBias(maxima, bias));
  compilation.pushPool(early.record(indices(), output));
  return withoutGradient(convolution.path, output);
}

/** @param bias [channels] */
function withBias(value: Value, bias: Value | undefined): Value {
  if (bias === undefined) return value;
  return add(
    value,
    reshape(
      bias,
      value.shape.map((_, axis) => (axis === 1 ? bias.shape[0]! : 1)),
    ),
  );
}

function layoutOf(
  block: Pick<PooledBlock, "convolution" | "pool">,
  input: Value,
  weight: Value,
  early: EarlyPool,
  { formulation }: Compilation,
): PooledLayout {
  return suitsPlaces(block, input)
    ? placesLayout(input, weight, formulation)
    : wholeLayout(formulasOf(block.convolution.layer, formulation), input, weight, early.options);
}
