import type { BatchNorm } from "../../../network/layers/batchNorm";
import {
  fixedNormalisationGradient,
  type Normalisation,
  normalisationGradient,
  normalise,
} from "../kernels/normalise";
import { updateRunningStatistics } from "../kernels/runningStatistics";
import { addRows, gradientSums, type Moments, momentsOf, type Sets, setSize } from "../kernels/statistics";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

/**
 * Batch normalisation (Ioffe and Szegedy, 2015) with torch.nn.BatchNorm's running statistics: in training by mean and variance of each
 * channel over the batch, in evaluation by the running ones. dbeta = sum dy; dgamma = sum dy x^.
 */
export function batchNorm({ layer, path, input, pass }: LayerContext<BatchNorm>): Step {
  const { tape } = pass;
  const { channels, epsilon, momentum } = layer;
  const ofChannels = (name: string): Value => pass.parameter(`${path}.${name}`, [channels]);
  const outer = input.shape[0]!;
  const sets: Sets = { outer, sets: channels, inner: sizeOf(input) / (outer * channels) };
  const running: Moments = { mean: ofChannels("running_mean"), variance: ofChannels("running_var") };
  const training = pass.mode === "training";
  const moments = training ? momentsOf(tape, input, sets) : running;
  if (training) updateRunningStatistics(tape, moments, running, { momentum, count: setSize(sets) });
  const normalisation: Normalisation = { moments, epsilon, gamma: ofChannels("weight"), sharing: 1 };
  return {
    output: normalise(tape, input, ofChannels("bias"), normalisation),
    backward(dy) {
      const learns = ["weight", "bias"].some((name) => pass.needsGradient(`${path}.${name}`));
      if (!training && !learns) return () => fixedNormalisationGradient(tape, dy, normalisation);
      const sums = gradientSums(tape, { dy, x: input, moments, epsilon }, sets);
      pass.addGradient(`${path}.weight`, [channels], (into) => addRows(tape, sums.correlation, into));
      pass.addGradient(`${path}.bias`, [channels], (into) => addRows(tape, sums.total, into));
      return () =>
        training
          ? normalisationGradient(tape, { x: input, dy, sums }, normalisation)
          : fixedNormalisationGradient(tape, dy, normalisation);
    },
  };
}
