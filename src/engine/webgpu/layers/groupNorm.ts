import type { GroupNorm } from "../../../network/layers/groupNorm";
import { filled } from "../kernels/constant";
import {
  type Normalisation,
  normalisationGradient,
  normalisationSums,
  normalise,
} from "../kernels/normalise";
import { NOT_RECTIFIED } from "../kernels/rectified";
import { addRows, momentsOf } from "../kernels/statistics";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

/** A group norm in its place; it holds no other layers. */
export interface GroupNormContext extends Omit<LayerContext<GroupNorm>, "recordSequence"> {
  /** Of a ReLU or LeakyReLU that follows and is made part of it; default: nothing is. */
  readonly slope?: number;
}

/**
 * torch.nn.GroupNorm: each image by the mean and the variance (divided by their M values) of each of its groups of channels, in training
 * and in evaluation (Wu and He, 2018). dbeta = sum dy; dgamma = sum dy x^, over images and voxels: all sums come from those of each
 * channel of each image, so that the way back reads both maps twice.
 */
export function groupNorm({
  layer: { channels, groups, epsilon, affine },
  path,
  input,
  pass,
  slope = NOT_RECTIFIED,
}: GroupNormContext): Step {
  const { tape } = pass;
  const ofChannels = (name: string, otherwise: number): Value =>
    affine ? pass.parameter(`${path}.${name}`, [channels]) : filled(tape, channels, otherwise);
  const sharing = channels / groups;
  const samples = input.shape[0]!;
  const voxels = sizeOf(input) / (samples * channels);
  const moments = momentsOf(tape, input, { outer: 1, sets: samples * groups, inner: sharing * voxels });
  const [gamma, beta] = [ofChannels("weight", 1), ofChannels("bias", 0)];
  const normalisation: Normalisation = { moments, epsilon, gamma, beta, slope, sharing };
  return {
    output: normalise(tape, input, normalisation),
    backward(dy) {
      const maps = { outer: 1, sets: samples * channels, inner: voxels };
      const sums = normalisationSums(tape, { x: input, dy }, maps, normalisation);
      if (affine) {
        pass.addGradient(`${path}.weight`, [channels], (into) => addRows(tape, sums.correlation, into));
        pass.addGradient(`${path}.bias`, [channels], (into) => addRows(tape, sums.total, into));
      }
      return () => normalisationGradient(tape, { x: input, dy, sums }, normalisation);
    },
  };
}
