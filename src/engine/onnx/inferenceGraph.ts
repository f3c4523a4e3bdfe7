/** The network in evaluation mode as one graph: running statistics, no dropout, no gradients. */
import type { Network } from "../../network/network";
import { Compilation, type Formulation } from "./compilation";
import { GraphBuilder, type Shape } from "./graph/graphBuilder";
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
  graph.output(OUTPUT, output);
  return { model: graph.serialize(), outputShape: output.shape };
}
