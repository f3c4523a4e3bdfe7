/** A CNN in evaluation mode with the gradient of its answer by its input, or by what one of its layers gives. */
import type { Cnn } from "../../network/network";
import type { SaliencyPlace } from "../engine";
import { Compilation } from "./compilation";
import { GraphBuilder, type Shape } from "./graph/graphBuilder";
import { compileSequence } from "./sequence";
import { INPUT } from "./trainingGraph";

/** Fed: 1 for the output that is asked about, 0 for the others. */
export const OUTPUT_GRADIENT = "output.gradient";
export const ACTIVATIONS = "activations";
export const ACTIVATION_GRADIENT = "activations.gradient";

export interface SaliencyGraph {
  /** The ONNX file. Its outputs: ACTIVATION_GRADIENT and, unless the place is the input, ACTIVATIONS. */
  readonly model: Uint8Array;
  /** [batch size, outputs] */
  readonly outputShape: Shape;
  /** [batch size, ...] */
  readonly activationShape: Shape;
}

/** Every layer by itself: the fast forms of evaluation have no way back. */
export function buildSaliencyGraph(network: Cnn, batchSize: number, place: SaliencyPlace): SaliencyGraph {
  const graph = new GraphBuilder();
  const compilation = new Compilation(graph, {
    mode: "evaluation",
    differentiable: true,
    formulation: "plain",
    trainable: new Set(),
    answeredPools: new Set(),
  });
  const { convolutions, fc } = network;
  const before = place === "input" ? 0 : place.afterConvolutionLayers;
  const input = graph.input(INPUT, "float32", [batchSize, ...network.inputSize]);
  const first = compileSequence(convolutions.slice(0, before), "convolutions", input, compilation);
  const rest = compileSequence(convolutions.slice(before), "convolutions", first.output, compilation);
  const answer = compileSequence(fc, "fc", rest.output, compilation);
  const outputGradient = graph.input(OUTPUT_GRADIENT, "float32", answer.output.shape);
  const gradient = rest.backward(answer.backward(outputGradient)())();
  if (before > 0) graph.output(ACTIVATIONS, first.output);
  graph.output(ACTIVATION_GRADIENT, gradient);
  return {
    model: graph.serialize(),
    outputShape: answer.output.shape,
    activationShape: first.output.shape,
  };
}
