/** Layers one after the other. The way back is TensorFlow's: it records what the layers do. */
import type { Layer, ResidualBlock, Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import { elementCount } from "../../network/tensor";
import { toChannelsFirst, toChannelsLast } from "./channelsLast";
import { adaptiveAvgPool } from "./layers/adaptiveAvgPool";
import { batchNorm } from "./layers/batchNorm";
import { conv } from "./layers/conv";
import { convTranspose } from "./layers/convTranspose";
import { maxPool, padMaxPool } from "./layers/maxPool";
import { unpool } from "./layers/unpool";
import type { Pass } from "./pass";
import type { DeviceTensor } from "./tensorFlow";

/** The output of the whole network for `input` [N, ...spatial, channels]; channels-last too. */
export function runNetwork(network: Network, input: DeviceTensor, pass: Pass): DeviceTensor {
  return runChain(
    partsOf(network).map(
      ({ name, layers }) =>
        (value) =>
          runSequence(layers, name, value, pass),
    ),
    input,
  );
}

/** What `layers` make of `input`; `prefix` is the path of the sequence. */
export function runSequence(layers: Sequence, prefix: string, input: DeviceTensor, pass: Pass): DeviceTensor {
  return runChain(
    layers.map(
      ({ name, layer }) =>
        (value) =>
          pass.tf.tidy(() => runLayer(layer, `${prefix}.${name}`, value, pass)),
    ),
    input,
  );
}

/** Gives back what lies between two links; TensorFlow keeps what it needs for the way back by itself. */
function runChain(
  links: readonly ((value: DeviceTensor) => DeviceTensor)[],
  input: DeviceTensor,
): DeviceTensor {
  let value = input;
  for (const link of links) {
    const next = link(value);
    if (value !== input && value !== next) value.dispose();
    value = next;
  }
  return value;
}

function runLayer(layer: Layer, path: string, input: DeviceTensor, pass: Pass): DeviceTensor {
  const { tf } = pass;
  const samples = input.shape[0]!;
  switch (layer.kind) {
    case "Conv":
      return conv(layer, path, input, pass);
    case "ConvTranspose":
      return convTranspose(layer, path, input, pass);
    case "BatchNorm":
      return batchNorm(layer, path, input, pass);
    case "ReLU":
      return tf.relu(input);
    case "LeakyReLU":
      return tf.leakyRelu(input, layer.negativeSlope);
    case "Sigmoid":
      return tf.sigmoid(input);
    case "Tanh":
      return tf.tanh(input);
    case "Dropout":
      return pass.mode === "evaluation" || layer.probability === 0 ? input : tf.mul(input, pass.mask(path));
    case "MaxPool":
      return maxPool(layer, path, input, pass);
    case "PadMaxPool":
      return padMaxPool(layer, path, input, pass);
    case "MaxUnpool":
    case "CropMaxUnpool":
      return unpool(path, input, pass);
    case "Flatten":
      return tf.reshape(toChannelsFirst(tf, input), [samples, elementCount(input.shape.slice(1))]);
    case "Reshape":
      return toChannelsLast(tf, tf.reshape(toChannelsFirst(tf, input), [samples, ...layer.shape]));
    case "Linear": {
      const product = tf.matMul(input, pass.parameter(`${path}.weight`), false, true);
      return layer.bias ? tf.add(product, pass.parameter(`${path}.bias`)) : product;
    }
    case "AdaptiveAvgPool":
      return adaptiveAvgPool(layer, input, pass);
    case "ResidualBlock":
      return residualBlock(layer, path, input, pass);
  }
}

/** y = relu(body(x) + shortcut(x)) (He et al., 2016). */
function residualBlock(layer: ResidualBlock, path: string, input: DeviceTensor, pass: Pass): DeviceTensor {
  const { tf } = pass;
  const body = runSequence(layer.body, path, input, pass);
  const shortcut = runSequence(layer.shortcut, `${path}.downsample`, input, pass);
  return tf.relu(tf.add(body, shortcut));
}
