/** What every engine does alike with an objective: checking that it fits, and the losses of single samples. */
import { innerOutputsOf, type Network } from "../network/network";
import { sentence } from "../network/sentence";
import { traceShapes } from "../network/shapes/shape";
import { elementCount, type FloatTensor } from "../network/weights/tensor";
import type { InnerValues, OptionValues, ValueLoss } from "../statistics/losses/loss";
import {
  CLASS_LOSSES,
  type ClassLossName,
  comparesClasses,
  innerReadsOf,
  LOSSES,
  type ObjectiveData,
  type ObjectiveOf,
  VALUE_LOSSES,
} from "../statistics/losses/losses";
import type { Targets } from "../statistics/objective";
import { type Batch, EngineError, type Observation } from "./engine";

/** @throws EngineError (or a ShapeError of the network) unless `objective` can be computed from the output of `network` */
export function checkObjective(network: Network, objective: ObjectiveData): void {
  checkInnerOutputs(network, innerReadsOf(objective));
  const output = traceShapes(network).at(-1)?.output ?? network.inputSize;
  if (comparesClasses(objective)) {
    const { classes } = objective;
    if (output.length === 1 && output[0] === classes) return;
    throw new EngineError(
      sentence`The network gives ${output.join("x")} {0|value|values} for ${classes} {1|class|classes}. Give its last Linear ${classes} {2|output|outputs}.`,
    );
  }
  if (network.family === "autoencoder" && output.join() !== network.inputSize.join()) {
    throw new EngineError(
      sentence`The autoencoder makes ${output.join("x")} of ${network.inputSize.join("x")}: it cannot be compared with its input. Make its decoder the inverse of its encoder.`,
    );
  }
}

/** @throws EngineError unless all of `names` come out within `network` */
export function checkInnerOutputs(network: Network, names: readonly string[]): void {
  const known = innerOutputsOf(network);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new EngineError(
    sentence`Nothing called ${unknown} comes out within this network: there is ${known.join(", ")}.`,
  );
}

/** The class codes of a batch. @throws EngineError unless there are `size` whole numbers below the number of classes */
export function classCodes(
  { classes }: ObjectiveOf<ClassLossName>,
  targets: Targets,
  size: number,
): Int32Array {
  const codes = targets.classes ?? [];
  if (codes.length !== size) {
    throw new EngineError(sentence`A batch of ${size} has ${codes.length} class {1|code|codes}.`);
  }
  const wrong = codes.find((code) => !Number.isInteger(code) || code < 0 || code >= classes);
  if (wrong !== undefined) {
    throw new EngineError(
      sentence`A class code is ${wrong}; with ${classes} {1|class|classes} it is from 0 to ${classes - 1}.`,
    );
  }
  return Int32Array.from(codes);
}

/**
 * How much a batch weighs in the mean over several: as many samples as it holds, with class weights the sum of their weights, so that
 * the mean is that of one batch of all the samples.
 */
export function batchWeight(objective: ObjectiveData, { targets, size }: Batch): number {
  if (!comparesClasses(objective)) return size;
  const { classWeights } = objective;
  if (classWeights === undefined) return size;
  return classCodes(objective, targets, size).reduce((sum, code) => sum + classWeights[code]!, 0);
}

/** The values that the output has to become. @throws EngineError unless there are as many as in the output */
export function targetValues(
  { values = new Float32Array() }: Targets,
  outputShape: readonly number[],
): Float32Array {
  if (values.length !== elementCount(outputShape)) {
    throw new EngineError(
      sentence`A target of ${values.length} {0|value|values} does not fit outputs of ${outputShape.join(" x ")}.`,
    );
  }
  return values;
}

/** Loss of each sample by itself, in double precision and unweighted by class. @param observation with what the loss reads */
export function sampleLosses(
  objective: ObjectiveData,
  { outputs, inner }: Observation,
  targets: Targets,
): Float32Array {
  const losses = answerLosses(objective, outputs, targets);
  const term = LOSSES[objective.loss].inner;
  if (term === undefined) return losses;
  return losses.map((loss, sample) => loss + term.ofSample(valuesOf(inner, sample, losses.length)));
}

/** What came out within the network for one of so many samples. */
function valuesOf(inner: Observation["inner"], sample: number, samples: number): InnerValues {
  return new Map(
    [...inner].map(([name, { data }]) => [name, rowOf(data, sample, data.length / samples)] as const),
  );
}

const rowOf = (data: Float32Array, sample: number, length: number) =>
  data.subarray(sample * length, (sample + 1) * length);

/** @param outputs [N, ...] */
function answerLosses(objective: ObjectiveData, outputs: FloatTensor, targets: Targets): Float32Array {
  const samples = outputs.shape[0]!;
  const length = outputs.data.length / samples;
  if (comparesClasses(objective)) {
    const loss = CLASS_LOSSES[objective.loss];
    const codes = classCodes(objective, targets, samples);
    return Float32Array.from(codes, (code, sample) =>
      loss.ofSample(rowOf(outputs.data, sample, length), code),
    );
  }
  const { loss, ...options } = objective;
  const values = targetValues(targets, outputs.shape);
  return Float32Array.from({ length: samples }, (_, sample) =>
    meanOverElements(
      VALUE_LOSSES[loss],
      rowOf(outputs.data, sample, length),
      rowOf(values, sample, length),
      options,
    ),
  );
}

function meanOverElements(
  loss: ValueLoss,
  output: Float32Array,
  target: Float32Array,
  options: OptionValues<ValueLoss["options"]>,
): number {
  let sum = 0;
  for (let index = 0; index < output.length; index++) {
    sum += loss.ofElement(output[index]! - target[index]!, options);
  }
  return sum / output.length;
}
