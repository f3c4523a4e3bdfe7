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
 * torch.nn.InstanceNorm2d / 3d without running statistics: each image by the mean and the biased variance of each channel
 * (Ulyanov, Vedaldi and Lempitsky, 2016); weight and bias [channels] if affine.
 */
export interface InstanceNorm {
  readonly kind: "InstanceNorm";
  readonly dimensions: Dimensions;
  readonly channels: number;
  readonly epsilon: number;
  readonly affine: boolean;
}

const OPTIONS = {
  eps: EPSILON_OPTION,
  affine: { type: "flag", default: false, description: "Whether each channel learns a scale and a bias." },
} as const satisfies LayerOptions;

export const INSTANCE_NORM: LayerDefinition<InstanceNorm, InstanceNorm, typeof OPTIONS> = {
  kind: "InstanceNorm",
  category: "normalisation",
  own: {
    description: "Normalises each channel of each image by itself, whatever the batch.",
    options: OPTIONS,
    make: ({ eps, affine }, place) => ({
      kind: "InstanceNorm",
      dimensions: spatialDimensions("InstanceNorm", place),
      channels: place.input[0]!,
      epsilon: eps,
      affine,
    }),
  },
  ...elementwise,
  checkSettings: (layer, check) => check.count("num_features", layer.channels),
  outputShape(layer, input) {
    spatialAxes(input, layer.dimensions, layer.channels);
    return input.shape;
  },
  checkTrainable(_layer, input) {
    if (elementCount(input.shape.slice(1)) === 1)
      input.refuse(
        sentence`it would normalise one voxel per channel, whose variance does not exist.`,
        sentence`Use a larger image or patch, or fewer pooling layers.`,
      );
  },
  parameters: ({ affine, channels }) => (affine ? identityScale(channels) : []),
  /** Each value depends on the mean of the whole image. */
  receptiveField: () => null,
  text: (layer) =>
    `InstanceNorm${layer.dimensions}d(${layer.channels}, eps=${pythonFloat(layer.epsilon)}, momentum=0.1, affine=${pythonBoolean(layer.affine)}, track_running_stats=False)`,
  attributes: (layer) => [
    varying("channels", layer.channels),
    setting("epsilon", layer.epsilon),
    flag("affine", layer.affine),
  ],
  decoding: {
    ...copied,
    resized: (layer, channels) =>
      layer.channels === channels ? undefined : { from: layer.channels, layer: { ...layer, channels } },
  },
};
