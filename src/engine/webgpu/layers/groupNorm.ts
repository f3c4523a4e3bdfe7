import type { GroupNorm } from "../../../network/layers/groupNorm";
import { filled } from "../kernels/constant";
import { type Normalisation, normalisationGradient, normalise } from "../kernels/normalise";
import { addRows, gradientSums, momentsOf } from "../kernels/statistics";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

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
}: Omit<LayerContext<GroupNorm>, "recordSequence">): Step {
  const { tape } = pass;
  const ofChannels = (name: string, otherwise: number): Value =>
    affine ? pass.parameter(`${path}.${name}`, [channels]) : filled(tape, channels, otherwise);
  const sharing = channels / groups;
  const maps = input.shape[0]! * channels;
  const voxels = sizeOf(input) / maps;
  const moments = momentsOf(tape, input, { outer: 1, sets: maps / sharing, inner: sharing * voxels });
  const normalisation: Normalisation = { moments, epsilon, gamma: ofChannels("weight", 1), sharing };
  return {
    output: normalise(tape, input, ofChannels("bias", 0), normalisation),
    backward(dy) {
      const sums = gradientSums(
        tape,
        { dy, x: input, moments, epsilon },
        { outer: 1, sets: maps, inner: voxels },
      );
      if (affine) {
        pass.addGradient(`${path}.weight`, [channels], (into) => addRows(tape, sums.correlation, into));
        pass.addGradient(`${path}.bias`, [channels], (into) => addRows(tape, sums.total, into));
      }
      return () => normalisationGradient(tape, { x: input, dy, sums }, normalisation);
    },
  };
}
