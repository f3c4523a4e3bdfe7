import type { Linear } from "../../../network/layers/linear";
import {
  linearBiasGradient,
  linearForward,
  linearInputGradient,
  linearSizes,
  linearWeightGradient,
} from "../kernels/linear";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";

/** torch.nn.Linear: y = x W^T + b; dx = dy W; dW = dy^T x; db = sum of dy over the batch. */
export function linear({ layer, path, input, pass }: LayerContext<Linear>): Step {
  const { tape } = pass;
  const { inFeatures, outFeatures } = layer;
  const sizes = linearSizes(input, outFeatures);
  const shape = [outFeatures, inFeatures];
  const weight = pass.parameter(`${path}.weight`, shape);
  const bias = layer.bias ? pass.parameter(`${path}.bias`, [outFeatures]) : undefined;
  const y = tape.value("Linear", [sizes.samples, outFeatures]);
  linearForward(tape, sizes, { x: input, weight, bias, y });
  return {
    output: y,
    backward(dy) {
      pass.addGradient(`${path}.weight`, shape, (into) =>
        linearWeightGradient(tape, sizes, { x: input, dy, into }),
      );
      if (layer.bias)
        pass.addGradient(`${path}.bias`, [outFeatures], (into) => linearBiasGradient(tape, dy, into));
      return () => {
        const dx = pass.like("gradient of Linear", input);
        linearInputGradient(tape, sizes, { dy, weight, dx });
        return dx;
      };
    },
  };
}
