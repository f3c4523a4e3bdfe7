import type { MaxPool, PadMaxPool } from "../../../network/layer";
import { adaptivePadding } from "../../../network/padding";
import { isRank4, pair, rank5, triple } from "../convolution";
import { withGradient } from "../customGradient";
import type { Pass } from "../pass";
import { findMaxima, prevailingWindows, scatter, type Windows } from "../pooling";
import { cropSpatial, padSpatial } from "../spatial";
import type { DeviceTensor, TensorFlow } from "../tensorFlow";

/** torch.nn.MaxPool2d / 3d: padded by -infinity at both ends, the maximum of each window. */
export function maxPool(layer: MaxPool, path: string, input: DeviceTensor, pass: Pass): DeviceTensor {
  const { padding } = layer;
  return pool(input, path, pass, {
    before: padding,
    padded: (map) => padSpatial(pass.tf, map, padding, padding, Number.NEGATIVE_INFINITY),
    windows: layer,
  });
}

/**
 * ClinicaDL's PadMaxPool: zeros before each axis so that the stride divides it, then the maximum of each window. The zeros
 * take part: over a negative map they win, and the gradient of such a window goes nowhere.
 */
export function padMaxPool(layer: PadMaxPool, path: string, input: DeviceTensor, pass: Pass): DeviceTensor {
  const padding = adaptivePadding(input.shape.slice(1, -1), layer.stride);
  const none = padding.map(() => 0);
  return pool(input, path, pass, {
    before: padding,
    padded: (map) => padSpatial(pass.tf, map, padding, none, 0),
    windows: layer,
  });
}

interface Pooling {
  readonly before: readonly number[];
  padded(map: DeviceTensor): DeviceTensor;
  readonly windows: Windows;
}

/** dx = sum of dy over the windows whose (first) maximum stands at that place. */
function pool(
  input: DeviceTensor,
  path: string,
  pass: Pass,
  { before, padded, windows }: Pooling,
): DeviceTensor {
  const { tf } = pass;
  const answered = pass.isAnswered(path);
  if (!pass.differentiated && !answered) return maximaAlone(tf, padded(input), windows);
  return withGradient(tf, [input], () => {
    const map = padded(input);
    const { values, positions } = tf.tidy(() => findMaxima(tf, map, windows));
    const record = { positions, paddedShape: map.shape, inputShape: input.shape, before };
    if (answered) {
      const prevailing = prevailingWindows(tf, positions, values.shape, windows);
      pass.pushPool({ ...record, prevailing });
    }
    return {
      output: values,
      saved: [positions],
      gradient: (gradient, [places]) => [
        cropSpatial(tf, scatter(tf, gradient, places!, record.paddedShape), before, record.inputShape),
      ],
    };
  });
}

/** The kernel of TensorFlow, many times faster than looking for the places of the maxima too. */
function maximaAlone(tf: TensorFlow, map: DeviceTensor, { kernel, stride }: Windows): DeviceTensor {
  return isRank4(map)
    ? tf.maxPool(map, pair(kernel), pair(stride), "valid")
    : tf.maxPool3d(rank5(map), triple(kernel), triple(stride), "valid");
}
