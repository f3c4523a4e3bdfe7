import type { CropMaxUnpool } from "../../../network/layers/cropMaxUnpool";
import type { MaxUnpool } from "../../../network/layers/maxUnpool";
import { putBackMaxima, takeOutMaxima } from "../kernels/maxima";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/**
 * MaxUnpool, and ClinicaDL's CropMaxUnpool: the values go back to where the pool found its maxima, zeros elsewhere; then the
 * planes that a PadMaxPool had put in front are dropped. dx = dy at those places, 0 for a value that was dropped.
 */
export function maxUnpool({ path, input, pass }: LayerContext<MaxUnpool | CropMaxUnpool>): Step {
  const record = pass.popPool(path);
  return {
    output: putBackMaxima(pass, input, record, "last"),
    backward: (gradient) => () => takeOutMaxima(pass, gradient, record),
  };
}
