/** Elementwise operators with NumPy's broadcasting. A number stands for a constant of the other operand's type. */
import { describe, type ElementType, type Shape, type Value } from "./graphBuilder";

export type Operand = Value | number;

export const add = (a: Value, b: Operand): Value => arithmetic("Add", a, b);
export const sub = (a: Value, b: Operand): Value => arithmetic("Sub", a, b);
export const mul = (a: Value, b: Operand): Value => arithmetic("Mul", a, b);
export const div = (a: Value, b: Operand): Value => arithmetic("Div", a, b);
/** Remainder with the sign of the divisor, for integers. */
export const modulo = (a: Value, b: Operand): Value => arithmetic("Mod", a, b);
export const maximum = (a: Value, b: Operand): Value => arithmetic("Max", a, b);

/** `value`, where it is below `low` or above `high` that bound. */
export const clamp = (value: Value, low: number, high: number): Value =>
  value.graph.node(
    "Clip",
    [value, ...[low, high].map((bound) => value.graph.constant("float32", [], [bound]))],
    value,
  );

export const less = (a: Value, b: Operand): Value => compare("Less", a, b);
export const greater = (a: Value, b: Operand): Value => compare("Greater", a, b);
export const equal = (a: Value, b: Operand): Value => compare("Equal", a, b);

export const negate = (value: Value): Value => unary("Neg", value);
/** -1, 0 or 1. */
export const sign = (value: Value): Value => unary("Sign", value);
export const absolute = (value: Value): Value => unary("Abs", value);
export const exponential = (value: Value): Value => unary("Exp", value);
export const squareRoot = (value: Value): Value => unary("Sqrt", value);
export const reciprocal = (value: Value): Value => unary("Reciprocal", value);
export const square = (value: Value): Value => mul(value, value);
export const rectify = (value: Value): Value => unary("Relu", value);
export const sigmoid = (value: Value): Value => unary("Sigmoid", value);
export const hyperbolicTangent = (value: Value): Value => unary("Tanh", value);

export const errorFunction = (value: Value): Value => unary("Erf", value);

/** `value` where it is > 0, else alpha (exp(value) - 1). */
export const exponentialLinear = (value: Value, alpha: number): Value =>
  value.graph.node("Elu", [value], value, { alpha: { float: alpha } });

export const leakyRectify = (value: Value, negativeSlope: number): Value =>
  value.graph.node("LeakyRelu", [value], value, { alpha: { float: negativeSlope } });

/** log(softmax(value)) along the last axis. */
export const logSoftmax = (value: Value): Value =>
  value.graph.node("LogSoftmax", [value], value, { axis: { int: -1 } });

/** Probabilities along the last axis. */
export const softmax = (value: Value): Value =>
  value.graph.node("Softmax", [value], value, { axis: { int: -1 } });

export const isNaNValue = (value: Value): Value =>
  value.graph.node("IsNaN", [value], { type: "bool", shape: value.shape });

/** 1 where `value` > 0, else 0, as float32: min(max(1e38 * value, 0), 1), the fastest form that the runtime has. */
export const isPositive = (value: Value): Value =>
  value.graph.node("HardSigmoid", [value], value, { alpha: { float: 1e38 }, beta: { float: 0 } });

/** 1 where `value` >= 0, else 0, as float32. */
export const isNotNegative = (value: Value): Value =>
  value.graph.node("HardSigmoid", [value], value, { alpha: { float: 1e38 }, beta: { float: 1 } });

/** `whenTrue` where `condition` holds, else `whenFalse`. */
export function where(condition: Value, whenTrue: Operand, whenFalse: Operand): Value {
  const graph = condition.graph;
  const type = (
    typeof whenTrue === "object" ? whenTrue : typeof whenFalse === "object" ? whenFalse : undefined
  )?.type;
  const [a, b] = [whenTrue, whenFalse].map((operand) =>
    typeof operand === "number" ? graph.constant(constantType(type ?? "float32"), [], [operand]) : operand,
  ) as [Value, Value];
  const shape = broadcast(condition.shape, broadcast(a.shape, b.shape));
  return graph.node("Where", [condition, a, b], { type: a.type, shape });
}

export function cast(value: Value, type: "float32" | "int64"): Value {
  const code = { float32: 1, int64: 7 }[type];
  return value.graph.node("Cast", [value], { type, shape: value.shape }, { to: { int: code } });
}

function unary(operator: string, value: Value): Value {
  return value.graph.node(operator, [value], value);
}

function arithmetic(operator: string, a: Value, operand: Operand): Value {
  const b = asValue(operand, a);
  return a.graph.node(operator, [a, b], { type: a.type, shape: broadcast(a.shape, b.shape) });
}

function compare(operator: string, a: Value, operand: Operand): Value {
  const b = asValue(operand, a);
  return a.graph.node(operator, [a, b], { type: "bool", shape: broadcast(a.shape, b.shape) });
}

function asValue(operand: Operand, other: Value): Value {
  if (typeof operand === "number") return other.graph.constant(constantType(other.type), [], [operand]);
  if (operand.type !== other.type) {
    throw new Error(`${describe(other)} and ${describe(operand)} differ in type.`);
  }
  return operand;
}

function constantType(type: ElementType): "float32" | "int32" | "int64" {
  if (type === "bool") throw new Error("There are no Boolean constants.");
  return type;
}

function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const sizeA = a[axis - rank + a.length] ?? 1;
    const sizeB = b[axis - rank + b.length] ?? 1;
    if (sizeA !== sizeB && sizeA !== 1 && sizeB !== 1) {
      throw new Error(`Shapes [${a.join(", ")}] and [${b.join(", ")}] do not broadcast.`);
    }
    return Math.max(sizeA, sizeB);
  });
}
