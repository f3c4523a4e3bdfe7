/** What every engine does alike with an objective: checking that it fits, and the losses of single samples. */
import type { Network } from "../network/network";
import { sentence } from "../network/sentence";
import { traceShapes } from "../network/shapes/shape";
import { elementCount, type FloatTensor } from "../network/weights/tensor";
import type { OptionValues, ValueLoss } from "../statistics/losses/loss";
import {
  CLASS_LOSSES,
  type ClassLossName,
  comparesClasses,
  type ObjectiveData,
  type ObjectiveOf,
  VALUE_LOSSES,
} from "../statistics/losses/losses";
import type { Targets } from "../statistics/objective";
import { type Batch, EngineError } from "./engine";

/** @throws EngineError (or a ShapeError of the network) unless `objective` can be computed from the output of `network` */
export function checkObjective(network: Network, objective: ObjectiveData): void {
  const output = traceShapes(network).at(-1)?.output ?? network.inputSize;
  if (comparesClasses(objective)) {
    const { classes } = objective;
    if (output.length === 1 && output[0] === classes) return;
    throw new EngineError(
      sentence`The network gives ${output.join("x")} values for ${classes} classes. Give its last Linear ${classes} outputs.`,
    );
  }
  if (network.family === "autoencoder" && output.join() !== network.inputSize.join()) {
    throw new EngineError(
      sentence`The autoencoder makes ${output.join("x")} of ${network.inputSize.join("x")}: it cannot be compared with its input. Make its decoder the inverse of its encoder.`,
    );
  }
}

/** The class codes of a batch. @throws EngineError unless there are `size` whole numbers below the number of classes */
export function classCodes(
  { classes }: ObjectiveOf<ClassLossName>,
  targets: Targets,
  size: number,
): Int32Array {
  const codes = targets.classes ?? [];
  if (codes.length !== size) {
    throw new EngineError(sentence`A batch of ${size} has ${codes.length} class codes.`);
  }
  const wrong = codes.find((code) => !Number.isInteger(code) || code < 0 || code >= classes);
  if (wrong !== undefined) {
    throw new EngineError(
      sentence`A class code is ${wrong}; with ${classes} classes it is from 0 to ${classes - 1}.`,
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
      sentence`A target of ${values.length} values does not fit outputs of ${outputShape.join(" x ")}.`,
    );
  }
  return values;
}

/** Loss of each sample by itself, in double precision and unweighted by class. @param outputs [N, ...] */
export function sampleLosses(objective: ObjectiveData, outputs: FloatTensor, targets: Targets): Float32Array {
  const samples = outputs.shape[0]!;
  const length = outputs.data.length / samples;
  const rowOf = (data: Float32Array, sample: number) => data.subarray(sample * length, (sample + 1) * length);
  if (comparesClasses(objective)) {
    const loss = CLASS_LOSSES[objective.loss];
    const codes = classCodes(objective, targets, samples);
    return Float32Array.from(codes, (code, sample) => loss.ofSample(rowOf(outputs.data, sample), code));
  }
  const { loss, ...options } = objective;
  const values = targetValues(targets, outputs.shape);
  return Float32Array.from({ length: samples }, (_, sample) =>
    meanOverElements(VALUE_LOSSES[loss], rowOf(outputs.data, sample), rowOf(values, sample), options),
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
