import { setting, varying } from "../definition/attributes";
import { copied, elementwise } from "../definition/elementwise";
import type { LayerDefinition } from "../definition/layerDefinition";
import type { LayerOptions } from "../definition/layerOptions";
import { buffer, identityScale } from "../definition/ownParameters";
import { EPSILON_OPTION, spatialDimensions } from "../definition/ownSizes";
import { pythonFloat } from "../definition/pythonText";
import { spatialAxes } from "../definition/spatial";
import { sentence } from "../sentence";
import type { Dimensions } from "../shapes/axes";
import { elementCount } from "../weights/tensor";

/** torch.nn.BatchNorm2d / 3d, affine, with running statistics (running variance is the unbiased one). */
export interface BatchNorm {
  readonly kind: "BatchNorm";
  readonly dimensions: Dimensions;
  readonly channels: number;
  readonly epsilon: number;
  readonly momentum: number;
}

const OPTIONS = {
  eps: EPSILON_OPTION,
  momentum: {
    type: "number",
    smallest: 0,
    largest: 1,
    default: 0.1,
    description: "Share of the latest batch in the running statistics.",
  },
} as const satisfies LayerOptions;

export const BATCH_NORM: LayerDefinition<BatchNorm, BatchNorm, typeof OPTIONS> = {
  kind: "BatchNorm",
  category: "normalisation",
  own: {
    description: "Normalises each channel over the batch; over running statistics when it predicts.",
    options: OPTIONS,
    make: ({ eps, momentum }, place) => ({
      kind: "BatchNorm",
      dimensions: spatialDimensions("BatchNorm", place),
      channels: place.input[0]!,
      epsilon: eps,
      momentum,
    }),
  },
  ...elementwise,
  checkSettings: (layer, check) => check.count("num_features", layer.channels),
  outputShape(layer, input) {
    spatialAxes(input, layer.dimensions, layer.channels);
    return input.shape;
  },
  checkTrainable(_layer, input, batchSize) {
    if (batchSize * elementCount(input.shape.slice(1)) === 1)
      input.refuse(
        sentence`with one image in the batch it would normalise one voxel per channel, whose variance does not exist.`,
        sentence`Use batches of at least 2 images, a larger image or patch, or fewer pooling layers.`,
      );
  },
  parameters: ({ channels }) => [
    ...identityScale(channels),
    buffer("running_mean", [channels], 0),
    buffer("running_var", [channels], 1),
    buffer("num_batches_tracked", [], 0, "int64"),
  ],
  text: (layer) =>
    `BatchNorm${layer.dimensions}d(${layer.channels}, eps=${pythonFloat(layer.epsilon)}, momentum=${pythonFloat(layer.momentum)}, affine=True, bias=True, track_running_stats=True)`,
  attributes: (layer) => [
    varying("channels", layer.channels),
    setting("epsilon", layer.epsilon),
    setting("momentum", layer.momentum),
  ],
  decoding: {
    ...copied,
    resized: (layer, channels) =>
      layer.channels === channels ? undefined : { from: layer.channels, layer: { ...layer, channels } },
  },
};

/** PyTorch's defaults: epsilon 1e-5, momentum 0.1. */
export function batchNorm(dimensions: Dimensions, channels: number): BatchNorm {
  return { kind: "BatchNorm", dimensions, channels, epsilon: 1e-5, momentum: 0.1 };
}
