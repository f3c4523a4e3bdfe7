/**
 * A loss that reads an inner output `y`, which no loss of Gyrus does yet: mean (output - target)^2 + 0.3 mean y^2. Tests put it where
 * a loss of the tables stands, so that it goes the way of every other.
 */
import { add, mul, square, sub } from "../../../src/engine/onnx/graph/arithmetic";
import type { Value } from "../../../src/engine/onnx/graph/graphBuilder";
import { totalMean } from "../../../src/engine/onnx/graph/reduction";
import type { Loss } from "../../../src/engine/onnx/losses/loss";
import type { DeviceTensor, TensorFlow } from "../../../src/engine/tensorflow/library/tensorFlow";
import { elementCount } from "../../../src/network/weights/tensor";
import { valueLoss } from "../../../src/statistics/losses/loss";

export const WEIGHT = 0.3;

export const meanSquare = (values: ArrayLike<number>) =>
  Array.from(values, (value) => value ** 2).reduce((sum, square) => sum + square, 0) / values.length;

export const definitionReading = (name: string) =>
  valueLoss({
    tasks: ["regression", "reconstruction"],
    text: "",
    options: {},
    ofElement: (error) => error ** 2,
    inner: { reads: [name], ofSample: (inner) => WEIGHT * meanSquare(inner.get(name)!) },
  });

export const compilerReading =
  (name: string) =>
  (output: Value, target: Value, _objective: unknown, inner: ReadonlyMap<string, Value>): Loss => {
    const difference = sub(output, target);
    const read = inner.get(name)!;
    return {
      value: add(totalMean(square(difference)), mul(totalMean(square(read)), WEIGHT)),
      gradient: mul(difference, 2 / elementCount(output.shape)),
      inner: new Map([[name, mul(read, (2 * WEIGHT) / elementCount(read.shape))]]),
    };
  };

export const lossReading =
  (name: string) =>
  (
    tf: TensorFlow,
    output: DeviceTensor,
    target: DeviceTensor,
    inner: ReadonlyMap<string, DeviceTensor>,
  ): DeviceTensor =>
    tf.add(
      tf.mean(tf.squaredDifference(output, target)),
      tf.mul(tf.mean(tf.square(inner.get(name)!)), WEIGHT),
    );
