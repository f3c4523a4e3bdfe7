/** Layers one after the other. The way back is TensorFlow's: it records what the layers do. */
import type { Sequence } from "../../network/layer";
import { type Network, partsOf } from "../../network/network";
import { runLayer } from "./layers";
import type { DeviceTensor } from "./library/tensorFlow";
import type { Pass } from "./pass";

/** What comes out of a network, channels last. */
export interface NetworkOutputs {
  readonly output: DeviceTensor;
  /** By the names that were asked for (`Part.output`). */
  readonly inner: ReadonlyMap<string, DeviceTensor>;
}

/** What the whole network makes of `input` [N, ...spatial, channels]. @param reads names of inner outputs */
export function runNetwork(
  network: Network,
  input: DeviceTensor,
  pass: Pass,
  reads: readonly string[] = [],
): NetworkOutputs {
  const inner = new Map<string, DeviceTensor>();
  const links = partsOf(network).map(({ name, layers, output }) => (value: DeviceTensor) => {
    const result = runSequence(layers, name, value, pass);
    if (reads.includes(output)) inner.set(output, result);
    return result;
  });
  return { output: runChain(links, input, (value) => [...inner.values()].includes(value)), inner };
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

/** Gives back what lies between two links, unless it is read; TensorFlow keeps what it needs for the way back by itself. */
function runChain(
  links: readonly ((value: DeviceTensor) => DeviceTensor)[],
  input: DeviceTensor,
  isRead: (value: DeviceTensor) => boolean = () => false,
): DeviceTensor {
  let value = input;
  for (const link of links) {
    const next = link(value);
    if (value !== input && value !== next && !isRead(value)) value.dispose();
    value = next;
  }
  return value;
}
