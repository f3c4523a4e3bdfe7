/** Layers one after the other. The way back is TensorFlow's: it records what the layers do. */
import type { Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import { runLayer } from "./layers";
import type { DeviceTensor } from "./library/tensorFlow";
import type { Pass } from "./pass";

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
          pass.tf.tidy(() =>
            runLayer(layer.kind, { layer, path: `${prefix}.${name}`, input: value, pass, runSequence }),
          ),
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
