import type { BatchNorm } from "../../../network/layers/batchNorm";
import { addition } from "../kernels/addition";
import {
  fixedNormalisationGradient,
  type Normalisation,
  normalisationGradient,
  normalise,
} from "../kernels/normalise";
import { updateRunningStatistics } from "../kernels/runningStatistics";
import {
  addRows,
  type GradientSums,
  gradientSums,
  type Moments,
  momentsOf,
  type Sets,
  setSize,
} from "../kernels/statistics";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

/** A batch norm in its place; it holds no other layers. */
export type NormContext = Omit<LayerContext<BatchNorm>, "recordSequence">;

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics: in training by mean and variance of each
 * channel over the batch, in evaluation by the running ones. dbeta = sum dy; dgamma = sum dy x^.
 * @param cancelledBias [channels] the bias of the convolution before, if it was left out: the mean takes it away again
 */
export function batchNorm(context: NormContext, cancelledBias?: Value): Step {
  const { input, pass } = context;
  const { tape } = pass;
  const normalisation = batchNormalisation(context, cancelledBias);
  const { moments, epsilon } = normalisation;
  return {
    output: normalise(tape, input, betaOf(context), normalisation),
    backward(dy) {
      const training = pass.mode === "training";
      if (!training && !normLearns(context)) return () => fixedNormalisationGradient(tape, dy, normalisation);
      const sums = gradientSums(tape, { dy, x: input, moments, epsilon }, channelsOf(input));
      addNormGradients(context, sums);
      return () =>
        training
          ? normalisationGradient(tape, { x: input, dy, sums }, normalisation)
          : fixedNormalisationGradient(tape, dy, normalisation);
    },
  };
}

/** By what the layer normalises its input: in training it makes the statistics, and updates the running ones. */
export function batchNormalisation(context: NormContext, cancelledBias?: Value): Normalisation {
  const { layer, input, pass } = context;
  const { tape } = pass;
  const gamma = ofChannels(context, "weight");
  const running: Moments = {
    mean: ofChannels(context, "running_mean"),
    variance: ofChannels(context, "running_var"),
  };
  const { epsilon, momentum } = layer;
  if (pass.mode === "evaluation") return { moments: running, epsilon, gamma, sharing: 1 };
  const sets = channelsOf(input);
  const moments = momentsOf(tape, input, sets);
  const mean = cancelledBias === undefined ? moments.mean : addition(tape, moments.mean, cancelledBias);
  updateRunningStatistics(tape, { ...moments, mean }, running, { momentum, count: setSize(sets) });
  return { moments, epsilon, gamma, sharing: 1 };
}

export const betaOf = (context: NormContext): Value => ofChannels(context, "bias");

export const normLearns = ({ path, pass }: NormContext): boolean =>
  ["weight", "bias"].some((name) => pass.needsGradient(`${path}.${name}`));

/** @param sums by channel */
export function addNormGradients(
  { layer: { channels }, path, pass }: NormContext,
  { total, correlation }: GradientSums,
): void {
  pass.addGradient(`${path}.weight`, [channels], (into) => addRows(pass.tape, correlation, into));
  pass.addGradient(`${path}.bias`, [channels], (into) => addRows(pass.tape, total, into));
}

const ofChannels = ({ layer: { channels }, path, pass }: NormContext, name: string): Value =>
  pass.parameter(`${path}.${name}`, [channels]);

function channelsOf(input: Value): Sets {
  const [outer, sets] = input.shape as readonly [number, number];
  return { outer, sets, inner: sizeOf(input) / (outer * sets) };
}
