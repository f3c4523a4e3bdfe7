/**
 * The formulas of the optimizers in operations of TensorFlow.js. What an optimizer keeps and the constants of a step are those
 * of `optimizer/rules`; each formula makes the operations of its rule's `plain` in the same order, so that float32 rounds
 * alike.
 */
import type { OptimizerSettings } from "../../engine";
import type { DeviceTensor, TensorFlow } from "../tensorFlow";

/** New values of one parameter, and of its moments in the order of the rule. */
export type Stepped = { readonly weights: DeviceTensor; readonly moments: DeviceTensor[] };

export type Formula = (
  tf: TensorFlow,
  parameter: { readonly weights: DeviceTensor; readonly moments: readonly DeviceTensor[] },
  gradient: DeviceTensor,
  constants: readonly number[],
) => Stepped;

export function formulaOf(name: OptimizerSettings["name"]): Formula {
  switch (name) {
    case "Adadelta":
      return adadelta;
    case "Adagrad":
      return adagrad;
    case "Adam":
    case "AdamW":
      return adam;
    case "Adamax":
      return adamax;
    case "ASGD":
      return asgd;
    case "NAdam":
      return nadam;
    case "RAdam":
      return radam;
    case "RMSprop":
      return rmsprop;
    case "SGD":
      return sgd;
  }
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

const adadelta: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [squares, deltas] = moments as [DeviceTensor, DeviceTensor];
  const [rate] = constants as [number];
  const rho = 0.9;
  const root = (average: DeviceTensor) => tf.sqrt(tf.add(average, 1e-6));
  const newSquares = averageOfSquares(tf, squares, rho, gradient);
  const delta = tf.mul(tf.div(root(deltas), root(newSquares)), gradient);
  return {
    weights: tf.sub(weights, tf.mul(delta, rate)),
    moments: [newSquares, averageOfSquares(tf, deltas, rho, delta)],
  };
};

const adagrad: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [rate] = constants as [number];
  const sum = tf.add(moments[0]!, tf.mul(gradient, gradient));
  const step = tf.div(tf.mul(gradient, rate), tf.add(tf.sqrt(sum), 1e-10));
  return { weights: tf.sub(weights, step), moments: [sum] };
};

/** Adam, and AdamW with its `shrink` below 1. */
const adam: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [average, squares] = moments as [DeviceTensor, DeviceTensor];
  const [shrink, stepSize, correction] = constants as [number, number, number];
  const newAverage = lerp(tf, average, gradient, 1 - BETA1);
  const newSquares = averageOfSquares(tf, squares, BETA2, gradient);
  const denominator = tf.add(tf.div(tf.sqrt(newSquares), correction), EPSILON);
  return {
    weights: tf.sub(tf.mul(weights, shrink), tf.div(tf.mul(newAverage, stepSize), denominator)),
    moments: [newAverage, newSquares],
  };
};

const adamax: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [average, norm] = moments as [DeviceTensor, DeviceTensor];
  const [stepSize] = constants as [number];
  const newAverage = lerp(tf, average, gradient, 1 - BETA1);
  const newNorm = tf.maximum(tf.mul(norm, BETA2), tf.add(tf.abs(gradient), EPSILON));
  return {
    weights: tf.sub(weights, tf.div(tf.mul(newAverage, stepSize), newNorm)),
    moments: [newAverage, newNorm],
  };
};

const asgd: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [shrink, eta, mu] = constants as [number, number, number];
  const newWeights = tf.sub(tf.mul(weights, shrink), tf.mul(gradient, eta));
  const average = mu === 1 ? tf.clone(newWeights) : lerp(tf, moments[0]!, newWeights, mu);
  return { weights: newWeights, moments: [average] };
};

const nadam: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [average, squares] = moments as [DeviceTensor, DeviceTensor];
  const [gradientStep, averageStep, correction] = constants as [number, number, number];
  const newAverage = lerp(tf, average, gradient, 1 - BETA1);
  const newSquares = averageOfSquares(tf, squares, BETA2, gradient);
  const denominator = tf.add(tf.sqrt(tf.div(newSquares, correction)), EPSILON);
  const byGradient = tf.sub(weights, tf.div(tf.mul(gradient, gradientStep), denominator));
  return {
    weights: tf.sub(byGradient, tf.div(tf.mul(newAverage, averageStep), denominator)),
    moments: [newAverage, newSquares],
  };
};

const radam: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [average, squares] = moments as [DeviceTensor, DeviceTensor];
  const [rate, correction1, correction2, rectification] = constants as [number, number, number, number];
  const newAverage = lerp(tf, average, gradient, 1 - BETA1);
  const newSquares = averageOfSquares(tf, squares, BETA2, gradient);
  const plain = tf.mul(tf.div(newAverage, correction1), rate);
  const adaptive = () => {
    const inverse = tf.div(1, tf.add(tf.sqrt(newSquares), EPSILON));
    return tf.mul(tf.mul(plain, tf.mul(inverse, correction2)), rectification);
  };
  return {
    weights: tf.sub(weights, rectification > 0 ? adaptive() : plain),
    moments: [newAverage, newSquares],
  };
};

const rmsprop: Formula = (tf, { weights, moments }, gradient, constants) => {
  const [rate] = constants as [number];
  const squares = averageOfSquares(tf, moments[0]!, 0.99, gradient);
  const step = tf.div(tf.mul(gradient, rate), tf.add(tf.sqrt(squares), EPSILON));
  return { weights: tf.sub(weights, step), moments: [squares] };
};

const sgd: Formula = (tf, { weights }, gradient, constants) => {
  const [rate] = constants as [number];
  return { weights: tf.sub(weights, tf.mul(gradient, rate)), moments: [] };
};

/** average + (value - average) * complement: a moving average as PyTorch's lerp. */
function lerp(tf: TensorFlow, average: DeviceTensor, value: DeviceTensor, complement: number): DeviceTensor {
  return tf.add(average, tf.mul(tf.sub(value, average), complement));
}

/** average * beta + (value * (1 - beta)) * value: a moving average of squares. */
function averageOfSquares(
  tf: TensorFlow,
  average: DeviceTensor,
  beta: number,
  value: DeviceTensor,
): DeviceTensor {
  return tf.add(tf.mul(average, beta), tf.mul(tf.mul(value, 1 - beta), value));
}
