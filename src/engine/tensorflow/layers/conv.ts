import type { Conv } from "../../../network/layer";
import { convolve, filterOf, isSamePadding } from "../convolution";
import type { LayerContext } from "../layerContext";
import { padSpatial } from "../spatial";
import type { DeviceTensor } from "../tensorFlow";

/** torch.nn.Conv2d / 3d, which is a cross-correlation. */
export function conv({ layer, path, input, pass }: LayerContext<Conv>): DeviceTensor {
  const { tf } = pass;
  const { kernel, stride, padding } = layer;
  const filter = filterOf(tf, pass.parameter(`${path}.weight`));
  const output = isSamePadding(kernel, stride, padding)
    ? convolve(tf, input, filter, stride, "same")
    : convolve(tf, padSpatial(tf, input, padding, padding, 0), filter, stride, "valid");
  return layer.bias ? tf.add(output, pass.parameter(`${path}.bias`)) : output;
}
