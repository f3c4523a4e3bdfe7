import type { Compilation, Step } from "../compilation";
import { gather, pad, scatter } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { dropPadding } from "./padMaxPool";

/**
 * MaxUnpool and ClinicaDL's CropMaxUnpool: the values go back to where the pool found its maxima, zeros elsewhere; then the
 * planes that a PadMaxPool had put in front are dropped. dx = dy at those places, 0 for a value that was dropped.
 */
export function unpool(path: string, input: Value, compilation: Compilation): Step {
  const { indices, shape, padding } = compilation.popPool(path);
  return {
    output: dropPadding(scatter(input, indices, shape, "replace"), padding),
    backward: (gradient) => () => {
      const uncropped = pad(gradient, [0, 0, ...padding], [0, 0, ...padding.map(() => 0)]);
      return gather(uncropped, indices);
    },
  };
}
