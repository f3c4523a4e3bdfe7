import type { Conv } from "../../../network/layers/conv";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor } from "../library/tensorFlow";
import { byGroups, convolve, extentOf, filterOf, isSamePadding } from "../operations/convolution";
import { padSpatial } from "../operations/spatial";

/** torch.nn.Conv2d / 3d, which is a cross-correlation. */
export function conv({ layer, path, input, pass }: LayerContext<Conv>): DeviceTensor {
  const { tf } = pass;
  const { kernel, stride, padding, dilation, groups } = layer;
  const filter = filterOf(tf, pass.parameter(`${path}.weight`), dilation);
  const isSame = isSamePadding(extentOf(kernel, dilation), stride, padding);
  const padded = isSame ? input : padSpatial(tf, input, padding, padding, 0);
  const output = byGroups(tf, padded, filter, groups, (map, ofGroup) =>
    convolve(tf, map, ofGroup, stride, isSame ? "same" : "valid"),
  );
  return layer.bias ? tf.add(output, pass.parameter(`${path}.bias`)) : output;
}
