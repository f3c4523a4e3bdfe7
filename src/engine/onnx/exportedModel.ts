/**
 * A network as an ONNX file for other programs: raw voxels of one input in, the answer out, everything in between inside. One operator a
 * formula, opset 17, which onnxruntime, onnxruntime-web and most others read.
 */
import type { Network } from "../../network/network";
import type { StateDict } from "../../network/weights/tensor";
import { answeredPools } from "../passes";
import { Compilation } from "./compilation";
import {
  div,
  equal,
  greater,
  isNaNValue,
  mul,
  softmax,
  square,
  squareRoot,
  sub,
  where,
} from "./graph/arithmetic";
import { GraphBuilder, type Value } from "./graph/graphBuilder";
import { reduceMax, reduceMin, reduceSum } from "./graph/reduction";
import { compileNetwork } from "./sequence";

export interface ExportedModel {
  readonly network: Network;
  readonly weights: StateDict;
  /** What is done to the values of the input, as in the training. */
  readonly normalisation: Normalisation;
  /** `probabilities`: the softmax of what comes out; `value` and `reconstruction`: that itself. Also the name of the output. */
  readonly answer: "probabilities" | "value" | "reconstruction";
  /** What the file says of itself: classes, task, mode, versions. */
  readonly metadata: Readonly<Record<string, string>>;
}

export type Normalisation =
  | { readonly kind: "none" }
  /** To [0, 1] by its smallest and largest value. */
  | { readonly kind: "min-max" }
  /** By mean and standard deviation of the values above a threshold, or of all. */
  | { readonly kind: "z-score"; readonly above: number | null };

/** Name of the input: [1, channels, ...spatial] of one image or part, float32, as the voxels stand in its NIfTI. */
export const EXPORTED_INPUT = "image";

export function exportedModel({
  network,
  weights,
  normalisation,
  answer,
  metadata,
}: ExportedModel): Uint8Array {
  const graph = new GraphBuilder();
  const compilation = new Compilation(graph, {
    mode: "evaluation",
    formulation: "plain",
    trainable: new Set(),
    answeredPools: answeredPools(network),
  });
  const image = graph.input(EXPORTED_INPUT, "float32", [1, ...network.inputSize]);
  const numbers = where(isNaNValue(image), 0, image);
  const { output } = compileNetwork(network, normalised(numbers, normalisation), compilation);
  graph.shapedOutput(answer, answer === "probabilities" ? softmax(output) : output);
  const kept = [...weights].flatMap(([name, tensor]) =>
    tensor.dtype === "float32" ? [[name, tensor.data] as const] : [],
  );
  return graph.serialize({ weights: new Map(kept), metadata });
}

function normalised(image: Value, normalisation: Normalisation): Value {
  switch (normalisation.kind) {
    case "none":
      return image;
    case "min-max":
      return minMax(image);
    case "z-score":
      return zScore(image, normalisation.above);
  }
}

/** (x - mean) / sd, and 0 where all chosen voxels are equal: `data/intensity/zScore.ts` in operators. */
function zScore(image: Value, above: number | null): Value {
  const axes = image.shape.map((_, axis) => axis).slice(1);
  const chosen = above === null ? where(equal(image, image), 1, 0) : where(greater(image, above), 1, 0);
  const sum = (value: Value) => reduceSum(mul(value, chosen), axes, "keep");
  const count = reduceSum(chosen, axes, "keep");
  const centred = sub(image, div(sum(image), count));
  const deviation = squareRoot(div(sum(square(centred)), sub(count, 1)));
  return where(greater(deviation, 0), div(centred, deviation), 0);
}

/** (x - min) / (max - min), and 0 where all voxels are equal: `data/batches/normalise.ts` in operators. */
function minMax(image: Value): Value {
  const axes = image.shape.map((_, axis) => axis).slice(1);
  const low = reduceMin(image, axes);
  const width = sub(reduceMax(image, axes), low);
  return where(greater(width, 0), div(sub(image, low), width), 0);
}
