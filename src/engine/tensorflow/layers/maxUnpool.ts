import type { CropMaxUnpool } from "../../../network/layers/cropMaxUnpool";
import type { MaxUnpool } from "../../../network/layers/maxUnpool";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { withGradient } from "../operations/customGradient";
import { gather, scatter } from "../operations/pooling";
import { cropSpatial, padSpatial } from "../operations/spatial";

/**
 * MaxUnpool and ClinicaDL's CropMaxUnpool: the values go back to where the pool found its maxima, zeros elsewhere; then the
 * planes that the pool had put around are dropped. dx = dy at those places, 0 for a value that was dropped.
 */
export function maxUnpool({ path, input, pass }: LayerContext<MaxUnpool | CropMaxUnpool>): DeviceTensor {
  const { tf } = pass;
  const { positions, prevailing, paddedShape, before, inputShape } = pass.popPool(path);
  const after = before.map((planes, axis) => paddedShape[axis + 1]! - inputShape[axis + 1]! - planes);
  return withGradient(tf, [input], () => {
    const values = prevailing === undefined ? input : tf.mul(input, prevailing);
    return {
      output: cropSpatial(tf, scatter(tf, values, positions, paddedShape), before, inputShape),
      saved: [positions],
      gradient: (gradient, [places]) => [
        gather(tf, padSpatial(tf, gradient, before, after, 0), places!, input.shape),
      ],
    };
  });
}
