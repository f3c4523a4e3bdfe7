import type { ResidualBlock, Sequence } from "../../../network/layer";
import type { Compilation, Step } from "../compilation";
import { add } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";
import { relu } from "./relu";

/** How the block compiles the layers inside it. */
export type CompileSequence = (
  layers: Sequence,
  path: string,
  input: Value,
  compilation: Compilation,
) => Step;

/** y = relu(body(x) + shortcut(x)); the gradient behind the ReLU goes through both, dx is the sum (He et al., 2016). */
export function residualBlock(
  layer: ResidualBlock,
  path: string,
  input: Value,
  compilation: Compilation,
  compileSequence: CompileSequence,
): Step {
  const body = compileSequence(layer.body, path, input, compilation);
  const shortcut = compileSequence(layer.shortcut, `${path}.downsample`, input, compilation);
  const activation = relu(add(body.output, shortcut.output), compilation);
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
