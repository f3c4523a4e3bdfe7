import type { LeakyReLU, MaxPool, PadMaxPool, ReLU } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import { absolute, add, less, mul, where } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { maxPool, maxPoolWithIndices } from "../graph/windows";
import {
  affineParameters,
  batchStatistics,
  fromStatistics,
  gradientSums,
  updateRunningStatistics,
} from "../layers/batchNorm";
import { formulasOf } from "../layers/convolution";
import { EarlyPool } from "./earlyPool";
import {
  type ConvolutionAndNorm,
  cancelledBias,
  foldedConvolution,
  type Placed,
  scaledByOutput,
} from "./normalisedConvolution";
import { placesLayout, suitsPlaces } from "./placesLayout";
import { wholeLayout } from "./pooledLayout";

export interface PooledBlock extends ConvolutionAndNorm {
  readonly activation: Placed<ReLU | LeakyReLU>;
  readonly pool: Placed<MaxPool | PadMaxPool>;
}

/**
 * Convolution, batch norm, ReLU or LeakyReLU, and a pool whose windows do not meet, with everything behind the statistics at
 * the pooled size. The activation rises, and so does the norm where gamma > 0; where gamma < 0 the convolution changes its
 * sign. So the maximum of a window stays where it is, and the pool can come first: the norm's affine part, the activation and
 * their gradients see one value of each window, and only the centered output of the convolution is kept at full size.
 */
export function pooledBlock(block: PooledBlock, input: Value, compilation: Compilation): Step {
  return compilation.mode === "training"
    ? trainingBlock(block, input, compilation)
    : evaluationBlock(block, input, compilation);
}

function trainingBlock(block: PooledBlock, input: Value, compilation: Compilation): Step {
  const { convolution, norm, activation, pool } = block;
  const { outChannels } = convolution.layer;
  const formulas = formulasOf(convolution.layer, compilation.formulation);
  const weightName = `${convolution.path}.weight`;
  const gamma = compilation.parameter(`${norm.path}.weight`, [outChannels]);
  const sign = where(less(gamma, 0), -1, 1);
  const weight = scaledByOutput(formulas, compilation.parameter(weightName, formulas.weightShape), sign);

  const early = new EarlyPool(activation.layer, pool.layer, formulas.outputShape(input));
  const isAnswered = compilation.isAnswered(pool.path);
  const layout =
    !isAnswered && suitsPlaces(block, input)
      ? placesLayout(input, weight, compilation.formulation)
      : wholeLayout(formulas, input, weight, early.options);
  const statistics = batchStatistics(layout.convolved, norm.layer, layout);
  const bias = cancelledBias(block, compilation);
  const mean = mul(reshape(statistics.mean, [outChannels]), sign);
  const trueMean = bias === undefined ? mean : add(mean, bias);
  updateRunningStatistics(norm.layer, norm.path, trueMean, statistics, compilation);

  const { maxima, indices, putBack } = layout.pool(statistics.centered);
  const affine = affineParameters(norm.layer, norm.path, maxima, compilation);
  const scale = mul(absolute(affine.gamma), statistics.inverseDeviation);
  const output = early.activate(add(mul(maxima, scale), affine.beta));
  if (isAnswered && indices !== undefined) compilation.pushPool(early.record(indices, output));

  return {
    output,
    backward(gradient) {
      const behindNorm = mul(gradient, early.slope(output));
      const sums = gradientSums(behindNorm, maxima, statistics);
      compilation.addGradient(`${norm.path}.weight`, () =>
        mul(reshape(sums.correlation, [outChannels]), sign),
      );
      compilation.addGradient(`${norm.path}.bias`, () => reshape(sums.total, [outChannels]));
      const behindConvolution = add(putBack(mul(behindNorm, scale)), fromStatistics(statistics, sums, scale));
      compilation.addGradient(weightName, () =>
        scaledByOutput(formulas, layout.weightGradient(behindConvolution), sign),
      );
      return () => layout.inputGradient(behindConvolution);
    },
  };
}

function evaluationBlock(block: PooledBlock, input: Value, compilation: Compilation): Step {
  const { output: normalised, backward } = foldedConvolution(block, input, compilation);
  const early = new EarlyPool(block.activation.layer, block.pool.layer, normalised.shape);
  if (!compilation.isAnswered(block.pool.path)) {
    return { output: early.activate(maxPool(normalised, early.options)), backward };
  }
  const { maxima, indices } = maxPoolWithIndices(normalised, early.options);
  const output = early.activate(maxima);
  compilation.pushPool(early.record(indices, output));
  return { output, backward };
}
