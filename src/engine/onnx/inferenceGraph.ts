/** The network in evaluation mode as one graph: running statistics, no dropout, no gradients. */
import type { Network } from "../../network/network";
import { parameterSpecs } from "../../network/weights/parameters";
import { Compilation, type Formulation } from "./compilation";
import { add, mul } from "./graph/arithmetic";
import { GraphBuilder, type Shape, type Value } from "./graph/graphBuilder";
import { reduceSum } from "./graph/reduction";
import { compileNetwork } from "./sequence";
import { answeredPools, INPUT } from "./trainingGraph";

export const OUTPUT = "output";

export interface InferenceGraph {
  /** The ONNX file. Its inputs: INPUT, parameters, running statistics; its output: OUTPUT. */
  readonly model: Uint8Array;
  /** [batch size, ...] */
  readonly outputShape: Shape;
}

export function buildInferenceGraph(
  network: Network,
  batchSize: number,
  formulation: Formulation,
): InferenceGraph {
  const graph = new GraphBuilder();
  const compilation = new Compilation(graph, {
    mode: "evaluation",
    formulation,
    trainable: new Set(),
    answeredPools: answeredPools(network),
  });
  const input = graph.input(INPUT, "float32", [batchSize, ...network.inputSize]);
  const { output } = compileNetwork(network, input, compilation);
  graph.output(OUTPUT, notANumberWithNaN(network, output, compilation));
  return { model: graph.serialize(), outputShape: output.shape };
}

/**
 * `output`, made NaN where a weight is NaN or infinite. The runtime's pools pass over NaN, PyTorch's do not: without this a
 * network that is broken would answer with numbers, and could be chosen as the best. The matrices of Linear, which are
 * large, are left out: their products carry a NaN along.
 */
function notANumberWithNaN(network: Network, output: Value, compilation: Compilation): Value {
  const [first, ...others] = parameterSpecs(network)
    .filter(({ dtype, shape }) => dtype === "float32" && shape.length !== 2)
    .map(({ name, shape }) => {
      const nothing = mul(compilation.parameter(name, shape), 0);
      return reduceSum(nothing, [...shape.keys()], "drop");
    });
  if (first === undefined) return output;
  return add(
    output,
    others.reduce((total, nothing) => add(total, nothing), first),
  );
}
