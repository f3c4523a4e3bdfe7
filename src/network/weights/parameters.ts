import { ArchitectureError } from "../architectureError";
import type { Layer, Sequence } from "../layer";
import { leaves, ownParameters } from "../leaves";
import { type Network, partsOf } from "../network";
import { sentence } from "../sentence";
import { elementCount, type Tensor } from "./tensor";

/** One entry of a state dict. */
export interface ParameterSpec {
  /** PyTorch's name: "convolutions.0.weight". */
  readonly name: string;
  /** PyTorch's shape; [] for a scalar. */
  readonly shape: readonly number[];
  readonly dtype: Tensor["dtype"];
  /** A parameter learns by gradient; a buffer (running statistics) does not. */
  readonly kind: "parameter" | "buffer";
  /** Path of the layer that owns it: "convolutions.0", "convolutions.4.0.conv1". */
  readonly layerPath: string;
}

/** Everything in the state dict of `network`, in PyTorch's order. */
export function parameterSpecs(network: Network): ParameterSpec[] {
  return partsOf(network).flatMap((part) => sequenceSpecs(part.layers, part.name));
}

/** Number of trainable values, as PyTorch counts them: without running statistics. */
export function countParameters(network: Network): number {
  return countTrainable(parameterSpecs(network));
}

/** A file of PyTorch's weights ends at 4 GB, which hold little more. */
const MOST_PARAMETERS = 1e9;

/**
 * Refuses a network that could not be saved, before anybody asks for the memory of its first weights.
 * @throws ArchitectureError that names the layer with the largest parameter
 */
export function checkParameterCount(network: Network): void {
  const count = countParameters(network);
  if (count <= MOST_PARAMETERS) return;
  const largest = parameterSpecs(network).reduce((a, b) =>
    elementCount(b.shape) > elementCount(a.shape) ? b : a,
  );
  throw new ArchitectureError(
    largest.layerPath,
    sentence`with ${largest.shape.join(" x ")} weights here the network has ${count.toLocaleString("en")} parameters; it may have a billion.`,
    sentence`Make this layer smaller, or pool once more before it.`,
  );
}

/** Number of trainable values of one layer, those of nested layers included. */
export function countLayerParameters(layer: Layer): number {
  return countTrainable(layerSpecs(layer, ""));
}

function countTrainable(specs: readonly ParameterSpec[]): number {
  return specs
    .filter((spec) => spec.kind === "parameter")
    .reduce((total, spec) => total + elementCount(spec.shape), 0);
}

function sequenceSpecs(sequence: Sequence, prefix: string): ParameterSpec[] {
  return sequence.flatMap(({ name, layer }) => layerSpecs(layer, `${prefix}.${name}`));
}

/** State of one layer at `path`, nested layers included, in PyTorch's order. */
export function layerSpecs(layer: Layer, path: string): ParameterSpec[] {
  return leaves(layer, path).flatMap(({ layer: leaf, path: layerPath }) =>
    ownParameters(leaf).map(({ name, shape, dtype, kind }) => ({
      name: `${layerPath}.${name}`,
      shape,
      dtype,
      kind,
      layerPath,
    })),
  );
}
