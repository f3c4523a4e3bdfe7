/** One step of training as one graph: forward, loss, the gradient of every parameter that learns, new running statistics. */
import type { Network } from "../../network/network";
import type { ObjectiveData } from "../../statistics/losses/losses";
import { answeredPools } from "../passes";
import { Compilation, type Formulation, type MaskInput } from "./compilation";
import { GraphBuilder, type Shape } from "./graph/graphBuilder";
import { compileLoss } from "./losses";
import { compileNetwork } from "./sequence";

/** The input that is not named after a parameter or a mask, besides TARGET. */
export const INPUT = "input";

/** Outputs of a training graph. */
export const LOSS = "loss";
export const gradientOutput = (parameter: string) => `${parameter}.gradient`;
export const leftOutput = (parameter: string) => `${parameter}.gradient.left`;
export const rightOutput = (parameter: string) => `${parameter}.gradient.right`;
export const newValueOutput = (buffer: string) => `${buffer}.new`;

export interface TrainingGraph {
  /** The ONNX file. Its inputs: INPUT, TARGET, masks, parameters, running statistics. */
  readonly model: Uint8Array;
  /** Of the output of the network: [batch size, ...]. */
  readonly outputShape: Shape;
  readonly masks: readonly MaskInput[];
  /** How the gradient of each parameter that learns comes out. */
  readonly gradients: ReadonlyMap<string, "dense" | "factors">;
  /** Names of the running statistics of which new values come out. */
  readonly runningStatistics: readonly string[];
}

export interface TrainingGraphOptions {
  readonly batchSize: number;
  readonly formulation: Formulation;
  /** Names of the parameters that learn. */
  readonly trainable: ReadonlySet<string>;
}

export function buildTrainingGraph(
  network: Network,
  objective: ObjectiveData,
  { batchSize, formulation, trainable }: TrainingGraphOptions,
): TrainingGraph {
  const graph = new GraphBuilder();
  const compilation = new Compilation(graph, {
    mode: "training",
    formulation,
    trainable,
    answeredPools: answeredPools(network),
  });
  const input = graph.input(INPUT, "float32", [batchSize, ...network.inputSize]);
  const step = compileNetwork(network, input, compilation);
  const loss = compileLoss(objective.loss, objective, step.output, step.outputs);
  step.backward(loss.gradient, loss.inner);

  // In reverse: forward pass with its statistics, loss, then gradients from the last layer to the first, so that what the
  // forward pass kept for a layer is given back before the gradient of the layer before it is computed.
  for (const [name, gradient] of [...compilation.gradients].toReversed()) {
    if (gradient.kind === "dense") {
      graph.output(gradientOutput(name), gradient.value);
    } else {
      graph.output(leftOutput(name), gradient.left);
      graph.output(rightOutput(name), gradient.right);
    }
  }
  graph.output(LOSS, loss.value);
  for (const [name, value] of compilation.runningStatistics) graph.output(newValueOutput(name), value);
  return {
    model: graph.serialize(),
    outputShape: step.output.shape,
    masks: compilation.masks,
    gradients: new Map([...compilation.gradients].map(([name, { kind }]) => [name, kind])),
    runningStatistics: [...compilation.runningStatistics.keys()],
  };
}
