import { flag, setting, varying } from "../definition/attributes";
import { copied, elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { identityScale } from "../definition/ownParameters";
import { EPSILON_OPTION, spatialDimensions } from "../definition/ownSizes";
import { pythonBoolean, pythonFloat } from "../definition/pythonText";
import { spatialAxes } from "../definition/spatial";
import { sentence } from "../sentence";
import type { Dimensions } from "../shapes/axes";
import { elementCount } from "../weights/tensor";

/**
 * torch.nn.GroupNorm: each image by the mean and the biased variance of each group of channels (Wu and He, 2018); weight and
 * bias [channels] if affine.
 */
export interface GroupNorm {
  readonly kind: "GroupNorm";
  readonly dimensions: Dimensions;
  readonly groups: number;
  readonly channels: number;
  readonly epsilon: number;
  readonly affine: boolean;
}

const OPTIONS = {
  num_groups: {
    type: "count",
    smallest: 1,
    description: "Groups of channels; a divisor of the number of channels.",
  },
  eps: EPSILON_OPTION,
  affine: { type: "flag", default: true, description: "Whether each channel learns a scale and a bias." },
} as const satisfies LayerOptions;

export const GROUP_NORM: LayerDefinition<GroupNorm, GroupNorm, typeof OPTIONS> = {
  kind: "GroupNorm",
  category: "normalisation",
  own: {
    description: "Normalises groups of channels of each image by itself, whatever the batch.",
    options: OPTIONS,
    make: ({ num_groups, eps, affine }, place) => ({
      kind: "GroupNorm",
      dimensions: spatialDimensions("GroupNorm", place),
      groups: num_groups,
      channels: place.input[0]!,
      epsilon: eps,
      affine,
    }),
  },
  ...elementwise,
  checkSettings(layer, check) {
    check.count("num_channels", layer.channels);
    check.divides("num_groups", layer.groups, "num_channels", layer.channels);
  },
  outputShape(layer, input) {
    spatialAxes(input, layer.dimensions, layer.channels);
    return input.shape;
  },
  checkTrainable(layer, input, batchSize) {
    const voxels = elementCount(input.shape.slice(1));
    if ((batchSize * layer.channels * voxels) / layer.groups === 1)
      input.refuse(
        sentence`it would normalise one voxel per group, whose variance does not exist.`,
        sentence`Use fewer groups, a larger image or patch, or fewer pooling layers.`,
      );
  },
  parameters: ({ affine, channels }) => (affine ? identityScale(channels) : []),
  /** Each value depends on the mean of the whole image. */
  receptiveField: () => null,
  text: (layer) =>
    `GroupNorm(${layer.groups}, ${layer.channels}, eps=${pythonFloat(layer.epsilon)}, affine=${pythonBoolean(layer.affine)})`,
  attributes: (layer) => [
    setting("groups", layer.groups, `groups ${layer.groups}`),
    varying("channels", layer.channels),
    setting("epsilon", layer.epsilon),
    flag("affine", layer.affine),
  ],
  decoding: {
    ...copied,
    resized(layer, channels, source) {
      if (layer.channels === channels) return undefined;
      if (channels % layer.groups !== 0)
        source.refuse(
          sentence`its ${layer.groups} groups do not divide the ${channels} channels that reach it in the decoder.`,
          sentence`Give a \`num_groups\` that divides ${layer.channels} and ${channels}, or use BatchNorm.`,
        );
      return { from: layer.channels, layer: { ...layer, channels } };
    },
  },
};
