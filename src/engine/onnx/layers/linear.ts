import type { Linear } from "../../../network/layers/linear";
import { elementCount } from "../../../network/weights/tensor";
import type { Step } from "../compilation";
import { gemm } from "../graph/matrices";
import { reduceSum } from "../graph/reduction";
import type { LayerContext } from "../layerContext";

/** From this many weights on, their gradient leaves the graph as its two factors: the product would cost more to copy than to make. */
const FACTORED_FROM = 1 << 18;

/** y = x W^T + b; dx = dy W; dW = dy^T x; db = sum of dy over the batch. */
export function linear({ layer, path, input, compilation }: LayerContext<Linear>): Step {
  const shape = [layer.outFeatures, layer.inFeatures];
  const weight = compilation.parameter(`${path}.weight`, shape);
  const bias = layer.bias ? compilation.parameter(`${path}.bias`, [layer.outFeatures]) : undefined;
  return {
    output: gemm(input, weight, { transposeB: true, bias }),
    backward(gradient) {
      if (compilation.formulation === "fast" && elementCount(shape) >= FACTORED_FROM) {
        compilation.addFactors(`${path}.weight`, gradient, input);
      } else {
        compilation.addGradient(`${path}.weight`, () => gemm(gradient, input, { transposeA: true }));
      }
      if (layer.bias) compilation.addGradient(`${path}.bias`, () => reduceSum(gradient, [0], "drop"));
      return () => gemm(gradient, weight);
    },
  };
}
