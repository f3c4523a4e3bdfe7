import type { BatchNorm } from "../../../network/layers/batchNorm";
import { addition } from "../kernels/addition";
import {
  fixedNormalisationGradient,
  type Normalisation,
  normalisationGradient,
  normalisationSums,
  normalise,
} from "../kernels/normalise";
import { NOT_RECTIFIED } from "../kernels/rectified";
import { updateRunningStatistics } from "../kernels/runningStatistics";
import {
  addRows,
  type GradientSums,
  type Moments,
  momentsOf,
  type Sets,
  setSize,
} from "../kernels/statistics";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

/** A batch norm in its place; it holds no other layers. */
export interface NormContext extends Omit<LayerContext<BatchNorm>, "recordSequence"> {
  /** Of a ReLU or LeakyReLU that follows and is made part of it; default: nothing is. */
  readonly slope?: number;
  /** [channels] The bias of the convolution before, if it was left out: the mean takes it away again. */
  readonly cancelledBias?: Value | undefined;
}

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics: in training by mean and variance of each
 * channel over the batch, in evaluation by the running ones. dbeta = sum dy; dgamma = sum dy x^.
 */
export function batchNorm(context: NormContext): Step {
  const { input, pass } = context;
  const { tape } = pass;
  const normalisation = batchNormalisation(context);
  return {
    output: normalise(tape, input, normalisation),
    backward(dy) {
      const training = pass.mode === "training";
      if (!training && !normLearns(context))
        return () => fixedNormalisationGradient(tape, { x: input, dy }, normalisation);
      const sums = normalisationSums(tape, { x: input, dy }, channelsOf(input), normalisation);
      addNormGradients(context, sums);
      return () =>
        training
          ? normalisationGradient(tape, { x: input, dy, sums }, normalisation)
          : fixedNormalisationGradient(tape, { x: input, dy }, normalisation);
    },
  };
}

/** By what the layer normalises its input: in training it makes the statistics, and updates the running ones. */
export function batchNormalisation(context: NormContext): Normalisation {
  const { layer, input, pass, slope = NOT_RECTIFIED, cancelledBias } = context;
  const { tape } = pass;
  const { epsilon, momentum } = layer;
  const [gamma, beta] = [ofChannels(context, "weight"), ofChannels(context, "bias")];
  const fixed = { epsilon, gamma, beta, slope, sharing: 1 };
  const running: Moments = {
    mean: ofChannels(context, "running_mean"),
    variance: ofChannels(context, "running_var"),
  };
  if (pass.mode === "evaluation") return { ...fixed, moments: running };
  const sets = channelsOf(input);
  const moments = momentsOf(tape, input, sets);
  const mean = cancelledBias === undefined ? moments.mean : addition(tape, moments.mean, cancelledBias);
  updateRunningStatistics(tape, { ...moments, mean }, running, { momentum, count: setSize(sets) });
  return { ...fixed, moments };
}

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
