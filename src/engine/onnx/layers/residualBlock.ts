import type { LayerOf } from "../../../network/layer";
import type { Step } from "../compilation";
import { add } from "../graph/arithmetic";
import type { LayerContext } from "../layerContext";
import { relu } from "./relu";

/** y = relu(body(x) + shortcut(x)); the gradient behind the ReLU goes through both, dx is the sum (He et al., 2016). */
export function residualBlock({
  layer,
  path,
  input,
  compilation,
  compileSequence,
}: LayerContext<LayerOf<"ResidualBlock">>): Step {
  const body = compileSequence(layer.body, path, input, compilation);
  const shortcut = compileSequence(layer.shortcut, `${path}.downsample`, input, compilation);
  const activation = relu({ input: add(body.output, shortcut.output), compilation });
  return {
    output: activation.output,
    backward(gradient) {
      const behind = activation.backward(gradient)();
      const throughBody = body.backward(behind);
      const throughShortcut = shortcut.backward(behind);
      return () => add(throughBody(), throughShortcut());
    },
  };
}
