import type { Dropout } from "../../../network/layers/dropout";
import { kernel } from "../kernel/kernel";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import { sizeOf, type Value } from "../tape/value";

const masked = kernel(
  "Dropout",
  { over: "elements", buffers: { x: "read f32", mask: "read f32", y: "write f32" } },
  "y[index] = x[index] * mask[index];",
);

/**
 * Training: y = mask * x and dx = mask * dy, where each element of the mask is 0 with the probability of the layer and
 * 1 / (1 - probability) else; the mask is fed, so that a resumed run draws the same. Evaluation: the identity.
 */
export function dropout({ layer, path, input, pass }: LayerContext<Dropout>): Step {
  const { probability } = layer;
  if (pass.mode === "evaluation" || probability === 0) {
    return { output: input, backward: (gradient) => () => gradient };
  }
  const mask = pass.addMask(path, input.shape, probability);
  const product = (x: Value): Value => {
    const y = pass.like("Dropout", x);
    pass.tape.over(masked, sizeOf(x), { buffers: { x, mask, y }, whole: {}, real: {} });
    return y;
  };
  return { output: product(input), backward: (gradient) => () => product(gradient) };
}
