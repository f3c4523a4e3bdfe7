/** The network in evaluation mode as one graph: running statistics, no dropout, no gradients. */
import type { Network } from "../../network/network";
import { parameterSpecs } from "../../network/weights/parameters";
import { answeredPools } from "../passes";
import { Compilation, type Formulation } from "./compilation";
import { add, mul } from "./graph/arithmetic";
import { GraphBuilder, type Shape, type Value } from "./graph/graphBuilder";
import { reduceSum } from "./graph/reduction";
import { compileNetwork } from "./sequence";
import { INPUT } from "./trainingGraph";

export const OUTPUT = "output";

export interface InferenceGraph {
  /** The ONNX file. Its inputs: INPUT, parameters, running statistics; its output: OUTPUT. */
  readonly model: Uint8Array;
  /** [batch size, ...] */
  readonly outputShape: Shape;
  /** Shapes of the inner outputs that were asked for, by their names: each is an output of the graph, `innerOutput(name)`. */
  readonly inner: ReadonlyMap<string, Shape>;
}

export const innerOutput = (name: string) => `inner.${name}`;

export function buildInferenceGraph(
  network: Network,
  batchSize: number,
  formulation: Formulation,
  inner: readonly string[] = [],
): InferenceGraph {
  const graph = new GraphBuilder();
  const compilation = new Compilation(graph, {
    mode: "evaluation",
    formulation,
    trainable: new Set(),
    answeredPools: answeredPools(network),
  });
  const input = graph.input(INPUT, "float32", [batchSize, ...network.inputSize]);
  const { output, outputs } = compileNetwork(network, input, compilation);
  graph.output(OUTPUT, notANumberWithNaN(network, output, compilation));
  for (const name of inner) graph.output(innerOutput(name), outputs.get(name)!);
  return {
    model: graph.serialize(),
    outputShape: output.shape,
    inner: new Map(inner.map((name) => [name, outputs.get(name)!.shape])),
  };
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
