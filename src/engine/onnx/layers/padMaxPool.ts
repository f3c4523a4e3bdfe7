import type { PadMaxPool, PerAxis } from "../../../network/layer";
import { adaptivePadding } from "../../../network/padding";
import type { Compilation, Step } from "../compilation";
import { pad, slice } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { maxPoolGradient, maxPoolWithIndices } from "../graph/windows";

/**
 * ClinicaDL's PadMaxPool: zeros before each axis so that the stride divides it, then the maximum of each window. The zeros
 * take part: over a negative map they win, and the gradient of such a window goes nowhere.
 */
export function padMaxPool(layer: PadMaxPool, path: string, input: Value, compilation: Compilation): Step {
  const padding = adaptivePadding(input.shape.slice(2), layer.stride);
  const padded = pad(input, [0, 0, ...padding], [0, 0, ...padding.map(() => 0)]);
  const options = { ...layer, pads: [...padding, ...padding].map(() => 0) };
  // Without indices the runtime would merge the padding into the pool, where it never wins.
  const { maxima, indices } = maxPoolWithIndices(padded, options);
  if (compilation.isAnswered(path)) compilation.pushPool({ indices, shape: padded.shape, options, padding });
  return {
    output: maxima,
    backward: (gradient) => () =>
      dropPadding(maxPoolGradient(gradient, indices, padded.shape, options), padding),
  };
}

/** Without the first `padding` planes of each spatial axis. */
export function dropPadding(value: Value, padding: PerAxis): Value {
  return slice(
    value,
    padding.map((before, axis) => ({ axis: axis + 2, start: before, end: value.shape[axis + 2]! })),
  );
}
