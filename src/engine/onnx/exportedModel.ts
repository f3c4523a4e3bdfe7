/**
 * A network as an ONNX file for other programs: raw voxels of one input in, the answer out, everything in between inside. One operator a
 * formula, opset 17, which onnxruntime, onnxruntime-web and most others read.
 */
import type { Network } from "../../network/network";
import type { StateDict } from "../../network/weights/tensor";
import { answeredPools } from "../passes";
import { Compilation } from "./compilation";
import { div, greater, isNaNValue, softmax, sub, where } from "./graph/arithmetic";
import { GraphBuilder, type Value } from "./graph/graphBuilder";
import { reduceMax, reduceMin } from "./graph/reduction";
import { compileNetwork } from "./sequence";

export interface ExportedModel {
  readonly network: Network;
  readonly weights: StateDict;
  /** Whether the input is normalised to [0, 1] by its smallest and largest value, as in the training. */
  readonly normalize: boolean;
  /** `probabilities`: the softmax of what comes out; `value` and `reconstruction`: that itself. Also the name of the output. */
  readonly answer: "probabilities" | "value" | "reconstruction";
  /** What the file says of itself: classes, task, mode, versions. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Name of the input: [1, channels, ...spatial] of one image or part, float32, as the voxels stand in its NIfTI. */
export const EXPORTED_INPUT = "image";

export function exportedModel({ network, weights, normalize, answer, metadata }: ExportedModel): Uint8Array {
  const graph = new GraphBuilder();
  const compilation = new Compilation(graph, {
    mode: "evaluation",
    formulation: "plain",
    trainable: new Set(),
    answeredPools: answeredPools(network),
  });
  const image = graph.input(EXPORTED_INPUT, "float32", [1, ...network.inputSize]);
  const numbers = where(isNaNValue(image), 0, image);
  const { output } = compileNetwork(network, normalize ? minMax(numbers) : numbers, compilation);
  graph.shapedOutput(answer, answer === "probabilities" ? softmax(output) : output);
  const kept = [...weights].flatMap(([name, tensor]) =>
    tensor.dtype === "float32" ? [[name, tensor.data] as const] : [],
  );
  return graph.serialize({ weights: new Map(kept), metadata });
}

/** (x - min) / (max - min), and 0 where all voxels are equal: `data/batches/normalise.ts` in operators. */
function minMax(image: Value): Value {
  const axes = image.shape.map((_, axis) => axis).slice(1);
  const low = reduceMin(image, axes);
  const width = sub(reduceMax(image, axes), low);
  return where(greater(width, 0), div(sub(image, low), width), 0);
}
