/** Pools that keep the maximum of each window, and where it stands for those who ask. */
import type { MaxPool } from "../../../network/layers/maxPool";
import type { PadMaxPool } from "../../../network/layers/padMaxPool";
import type { LayerContext } from "../layerContext";
import type { DeviceTensor, TensorFlow } from "../library/tensorFlow";
import { isRank4, pair, rank5, triple } from "./convolution";
import { withGradient } from "./customGradient";
import { findMaxima, prevailingWindows, scatter, type Windows } from "./pooling";
import { cropSpatial } from "./spatial";

export interface Pooling {
  /** Planes put before each spatial axis. */
  readonly before: readonly number[];
  padded(map: DeviceTensor): DeviceTensor;
  readonly windows: Windows;
}

/** dx = sum of dy over the windows whose (first) maximum stands at that place. */
export function pool(
  { input, path, pass }: LayerContext<MaxPool | PadMaxPool>,
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
