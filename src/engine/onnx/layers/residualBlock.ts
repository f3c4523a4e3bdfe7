import { LAYERS, type LayerOf } from "../../../network/layer";
import { branchPath } from "../../../network/leaves";
import type { Step } from "../compilation";
import { add } from "../graph/arithmetic";
import type { Value } from "../graph/graphBuilder";
import type { LayerContext } from "../layerContext";
import { relu } from "./relu";

/** y = relu(sum of the branches); the gradient by the sum goes through each branch, and dx is the sum (He et al., 2016). */
export function residualBlock(context: LayerContext<LayerOf<"ResidualBlock">>): Step {
  const { layer, path, input, compilation, compileSequence } = context;
  const branches = LAYERS.ResidualBlock.branches(layer).map((branch) =>
    compileSequence(branch.layers, branchPath(path, branch), input, compilation),
  );
  const activation = relu({ input: sum(branches.map(({ output }) => output)), compilation });
  return {
    output: activation.output,
    backward(gradient) {
      const sumGradient = activation.backward(gradient)();
      const waysBack = branches.map((branch) => branch.backward(sumGradient));
      return () => sum(waysBack.map((inputGradient) => inputGradient()));
    },
  };
}

const sum = (values: readonly Value[]): Value => values.reduce((total, value) => add(total, value));
