import type { CropMaxUnpool } from "../../../network/layers/cropMaxUnpool";
import type { MaxUnpool } from "../../../network/layers/maxUnpool";
import type { Step } from "../compilation";
import { mul } from "../graph/arithmetic";
import { dropPadding, gather, pad } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { maxUnpool as putBack } from "../graph/windows";
import type { LayerContext } from "../layerContext";

/**
 * MaxUnpool, and ClinicaDL's CropMaxUnpool: the values go back to where the pool found its maxima, zeros elsewhere; then the
 * planes that a PadMaxPool had put in front are dropped. dx = dy at those places, 0 for a value that was dropped.
 */
export function maxUnpool({ path, input, compilation }: LayerContext<MaxUnpool | CropMaxUnpool>): Step {
  const { indices, shape, options, padding, inside } = compilation.popPool(path);
  const kept = (value: Value) => (inside === undefined ? value : mul(value, inside));
  const none = padding.map(() => 0);
  return {
    output: dropPadding(putBack(kept(input), indices, shape, options), padding),
    backward: (gradient) => () => kept(gather(pad(gradient, [0, 0, ...padding], [0, 0, ...none]), indices)),
  };
}
