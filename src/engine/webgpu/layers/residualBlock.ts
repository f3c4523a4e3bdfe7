import { LAYERS, type LayerOf } from "../../../network/layer";
import { branchPath } from "../../../network/leaves";
import { addition } from "../kernels/addition";
import type { LayerContext } from "../layerContext";
import type { Step } from "../pass";
import type { Value } from "../tape/value";
import { relu } from "./relu";

/** y = relu(sum of the branches); the gradient by the sum goes through each branch, and dx is the sum (He et al., 2016). */
export function residualBlock(context: LayerContext<LayerOf<"ResidualBlock">>): Step {
  const { layer, path, input, pass, recordSequence } = context;
  const sum = (values: readonly Value[]): Value => values.reduce((a, b) => addition(pass.tape, a, b));
  const branches = LAYERS.ResidualBlock.branches(layer).map((branch) =>
    recordSequence(branch.layers, branchPath(path, branch), input, pass),
  );
  const activation = relu({ input: sum(branches.map(({ output }) => output)), pass });
  return {
    output: activation.output,
    backward(gradient) {
      const sumGradient = activation.backward(gradient)();
      const waysBack = branches.map((branch) => branch.backward(sumGradient));
      return () => sum(waysBack.map((inputGradient) => inputGradient()));
    },
  };
}
