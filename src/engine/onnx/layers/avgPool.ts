import type { AvgPool } from "../../../network/layers/avgPool";
import { elementCount } from "../../../network/weights/tensor";
import type { Step } from "../compilation";
import { transposedConvolution } from "../convolutions/transposed";
import { mul } from "../graph/arithmetic";
import { reshape } from "../graph/arrangement";
import type { Value } from "../graph/graphBuilder";
import { averagePool, bothEnds } from "../graph/windows";
import type { LayerContext } from "../layerContext";

/**
 * torch.nn.AvgPool2d / 3d: y[q] = sum of x over the window q / count[q], where the count is that of all places of the window
 * or, without `countIncludePad`, of those that are not padding. dx[p] = sum of dy[q] / count[q] over the windows that cover p,
 * which is the transposed convolution of each map with a kernel of ones.
 */
export function avgPool({ layer, input, compilation }: LayerContext<AvgPool>): Step {
  const { kernel, stride, padding, countIncludePad } = layer;
  const options = { kernel, stride, pads: bothEnds(padding) };
  const output = averagePool(input, options, countIncludePad);
  const [samples, channels, ...spatial] = input.shape as readonly [number, number, ...number[]];
  return {
    output,
    backward: (gradient) => () => {
      const shares = countIncludePad
        ? mul(gradient, 1 / elementCount(kernel))
        : mul(gradient, shareOfPlaces(layer, input, output));
      const ones = Array<number>(elementCount(kernel)).fill(1);
      const maps = transposedConvolution(
        reshape(shares, [samples * channels, 1, ...output.shape.slice(2)]),
        input.graph.constant("float32", [1, 1, ...kernel], ones),
        { ...options, padding, dilation: kernel.map(() => 1), groups: 1 },
        spatial,
        compilation.formulation,
      );
      return reshape(maps, input.shape);
    },
  };
}

/** 1 / the number of places of each window that are not padding: [1, 1, ...], a product over the axes. */
function shareOfPlaces({ kernel, stride, padding }: AvgPool, input: Value, output: Value): Value {
  return output.shape
    .slice(2)
    .map((windows, axis) => {
      const size = input.shape[axis + 2]!;
      const shares = Array.from({ length: windows }, (_, window) => {
        const start = window * stride[axis]! - padding[axis]!;
        return 1 / (Math.min(start + kernel[axis]!, size) - Math.max(start, 0));
      });
      const shape = output.shape.map((_, other) => (other === axis + 2 ? windows : 1));
      return input.graph.constant("float32", shape, shares);
    })
    .reduce((product, shares) => mul(product, shares));
}
