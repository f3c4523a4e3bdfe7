/**
 * The operations of libtensorflow that Gyrus reaches through @tensorflow/tfjs-node, computed by TensorFlow.js' kernels in
 * JavaScript. Where TensorFlow refuses what these would take (two types, shapes to broadcast, indices out of range), so do they.
 */
import type { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import {
  getKernel,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs-core";

export interface Call {
  readonly inputs: readonly TensorInfo[];
  /** By their names in TensorFlow's definition of the operation; a type of data as TensorFlow.js names it. */
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly backend: MathBackendCPU;
}

export type Attribute = number | boolean | string | number[];

type Operation = (call: Call) => TensorInfo | TensorInfo[];
type Inputs = Readonly<Record<string, TensorInfo>>;

/** @throws Error where TensorFlow would refuse the call, or where the operation is none of these */
export function runOperation(name: string, call: Call): TensorInfo[] {
  const operation = OPERATIONS[name];
  if (operation === undefined) throw new Error(`There is no operation ${name} in operations.ts.`);
  try {
    const outputs = operation(call);
    return Array.isArray(outputs) ? outputs : [outputs];
  } catch (error) {
    const inputs = call.inputs.map(({ dtype, shape }) => `${dtype} [${shape.join(", ")}]`);
    throw new Error(`${name} of ${inputs.join(" and ")}: ${error instanceof Error ? error.message : error}`);
  }
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  // TensorFlow.js' own kernel gives its output to the engine, which then counts and disposes of it too.
  Abs: (call) => {
    const { shape, dtype } = input(call, 0);
    return call.backend.makeTensorInfo([...shape], dtype, Float32Array.from(values(call, 0), Math.abs));
  },
  Elu: ofElements("Elu"),
  Erf: ofElements("Erf"),
  Exp: ofElements("Exp"),
  IsNan: ofElements("IsNan"),
  Log: ofElements("Log"),
  LogicalNot: ofElements("LogicalNot"),
  Neg: ofElements("Neg"),
  OnesLike: ofElements("OnesLike"),
  Relu: ofElements("Relu"),
  Rsqrt: ofElements("Rsqrt"),
  Sigmoid: ofElements("Sigmoid"),
  Sign: ofElements("Sign"),
  Sqrt: ofElements("Sqrt"),
  Square: ofElements("Square"),
  Tanh: ofElements("Tanh"),
  ZerosLike: ofElements("ZerosLike"),
  LeakyRelu: (call) => run(call, "LeakyRelu", { x: input(call, 0) }, { alpha: attribute(call, "alpha") }),
  Cast: (call) => run(call, "Cast", { x: input(call, 0) }, { dtype: attribute(call, "DstT") }),

  Add: ofPairs("Add"),
  Equal: ofPairs("Equal"),
  Greater: ofPairs("Greater"),
  GreaterEqual: ofPairs("GreaterEqual"),
  LessEqual: ofPairs("LessEqual"),
  LogicalAnd: ofPairs("LogicalAnd"),
  LogicalOr: ofPairs("LogicalOr"),
  Maximum: ofPairs("Maximum"),
  Minimum: ofPairs("Minimum"),
  Mul: ofPairs("Multiply"),
  Pow: ofPairs("Pow"),
  RealDiv: ofPairs("RealDiv"),
  SquaredDifference: ofPairs("SquaredDifference"),
  Sub: ofPairs("Sub"),
  AddN: (call) => {
    refuseDifferent(call.inputs);
    return run(call, "AddN", call.inputs);
  },
  Select: (call) => {
    const [condition, t, e] = [input(call, 0), input(call, 1), input(call, 2)];
    refuseDifferent([t, e, { ...condition, dtype: t.dtype }]);
    return run(call, "Select", { condition, t, e });
  },

  Max: (call) =>
    run(call, "Max", { x: input(call, 0) }, { reductionIndices: integers(call, 1), ...kept(call) }),
  Mean: (call) => run(call, "Mean", { x: input(call, 0) }, { axis: integers(call, 1), ...kept(call) }),
  Sum: (call) => run(call, "Sum", { x: input(call, 0) }, { axis: integers(call, 1), ...kept(call) }),
  BatchMatMulV2: (call) => {
    const [a, b] = [input(call, 0), input(call, 1)];
    refuseDifferentTypes([a, b]);
    const attrs = { transposeA: attribute(call, "adj_x"), transposeB: attribute(call, "adj_y") };
    return run(call, "BatchMatMul", { a, b }, attrs);
  },

  Conv2D: (call) => run(call, "Conv2D", { x: input(call, 0), filter: input(call, 1) }, windows(call)),
  Conv3D: (call) => run(call, "Conv3D", { x: input(call, 0), filter: input(call, 1) }, windows(call)),
  Conv2DBackpropInput: backpropInput("Conv2DBackpropInput"),
  Conv3DBackpropInputV2: backpropInput("Conv3DBackpropInputV2"),
  Conv2DBackpropFilter: backpropFilter("Conv2DBackpropFilter"),
  Conv3DBackpropFilterV2: backpropFilter("Conv3DBackpropFilterV2"),
  AvgPool: (call) => run(call, "AvgPool", { x: input(call, 0) }, pools(call)),
  AvgPool3D: (call) => run(call, "AvgPool3D", { x: input(call, 0) }, pools(call)),
  AvgPoolGrad: averagePoolGradient("AvgPoolGrad"),
  AvgPool3DGrad: averagePoolGradient("AvgPool3DGrad"),
  MaxPool: (call) => run(call, "MaxPool", { x: input(call, 0) }, pools(call)),
  MaxPool3D: (call) => run(call, "MaxPool3D", { x: input(call, 0) }, pools(call)),

  Fill: (call) => {
    const value = input(call, 1);
    const attrs = { shape: integers(call, 0), value: values(call, 1)[0]!, dtype: value.dtype };
    return run(call, "Fill", {}, attrs);
  },
  Range: (call) => {
    const [start, stop, step] = [0, 1, 2].map((index) => values(call, index)[0]!);
    return run(call, "Range", {}, { start: start!, stop: stop!, step: step!, dtype: input(call, 0).dtype });
  },

  Reshape: (call) => run(call, "Reshape", { x: input(call, 0) }, { shape: integers(call, 1) }),
  Transpose: (call) => run(call, "Transpose", { x: input(call, 0) }, { perm: integers(call, 1) }),
  Tile: (call) => run(call, "Tile", { x: input(call, 0) }, { reps: integers(call, 1) }),
  Slice: (call) =>
    run(call, "Slice", { x: input(call, 0) }, { begin: integers(call, 1), size: integers(call, 2) }),
  PadV2: (call) => {
    const planes = integers(call, 1);
    const paddings = input(call, 0).shape.map((_, axis) => planes.slice(2 * axis, 2 * axis + 2));
    refuseDifferentTypes([input(call, 0), input(call, 2)]);
    return run(call, "PadV2", { x: input(call, 0) }, { paddings, constantValue: values(call, 2)[0]! });
  },
  Pack: (call) => {
    refuseDifferent(call.inputs);
    return run(call, "Pack", call.inputs, { axis: attribute(call, "axis") });
  },
  Unpack: (call) => run(call, "Unpack", { value: input(call, 0) }, { axis: attribute(call, "axis") }),

  ConcatV2: (call) => {
    const tensors = call.inputs.slice(0, -1);
    refuseDifferentTypes(tensors);
    return run(call, "Concat", tensors, { axis: integers(call, tensors.length)[0]! });
  },
  SplitV: (call) => {
    const attrs = { numOrSizeSplits: integers(call, 1), axis: integers(call, 2)[0]! };
    return run(call, "SplitV", { x: input(call, 0) }, attrs);
  },

  GatherV2: (call) => {
    const attrs = { axis: integers(call, 2)[0]!, batchDims: attribute(call, "batch_dims") };
    return run(call, "GatherV2", { x: input(call, 0), indices: input(call, 1) }, attrs);
  },
  GatherNd: (call) => {
    refuseOutOfRange(call, 1, input(call, 0).shape);
    return run(call, "GatherNd", { params: input(call, 0), indices: input(call, 1) });
  },
  ScatterNd: (call) => {
    const shape = integers(call, 2);
    refuseOutOfRange(call, 0, shape);
    return run(call, "ScatterNd", { indices: input(call, 0), updates: input(call, 1) }, { shape });
  },
};

function ofElements(kernel: string): Operation {
  return (call) => run(call, kernel, { x: input(call, 0) });
}

/** The one broadcasts to the other, but is not converted. */
function ofPairs(kernel: string): Operation {
  return (call) => {
    const [a, b] = [input(call, 0), input(call, 1)];
    refuseDifferentTypes([a, b]);
    return run(call, kernel, { a, b });
  };
}

function backpropInput(kernel: string): Operation {
  return (call) => {
    const attrs = { ...windows(call), inputShape: integers(call, 0) };
    return run(call, kernel, { dy: input(call, 2), filter: input(call, 1) }, attrs);
  };
}

function backpropFilter(kernel: string): Operation {
  return (call) => {
    const attrs = { ...windows(call), filterShape: integers(call, 1) };
    return run(call, kernel, { x: input(call, 0), dy: input(call, 2) }, attrs);
  };
}

/** TensorFlow is told the shape of the input, the kernel asks the input for it. */
function averagePoolGradient(kernel: string): Operation {
  return (call) => {
    const dy = input(call, 1);
    return run(call, kernel, { dy, input: { ...dy, shape: integers(call, 0) } }, pools(call));
  };
}

/** Channels-last, as the package always asks; TensorFlow counts the axes of samples and channels too. */
function windows(call: Call): NamedAttrMap {
  const inner = (name: string) => numbers(attribute(call, name)).slice(1, -1);
  const padding = attribute(call, "padding");
  if (padding !== "SAME" && padding !== "VALID") throw new Error(`padding is ${padding}`);
  const dilations = call.attributes.has("dilations") ? inner("dilations") : 1;
  const dataFormat = call.inputs.some(({ shape }) => shape.length === 5) ? "NDHWC" : "NHWC";
  if (attribute(call, "data_format") !== dataFormat) throw new Error("the maps are not channels-last");
  return { strides: inner("strides"), pad: padding.toLowerCase(), dilations, dataFormat };
}

function pools(call: Call): NamedAttrMap {
  return { ...windows(call), filterSize: numbers(attribute(call, "ksize")).slice(1, -1) };
}

const kept = (call: Call): NamedAttrMap => ({ keepDims: attribute(call, "keep_dims") });

function input({ inputs }: Call, index: number): TensorInfo {
  const tensor = inputs[index];
  if (tensor === undefined) throw new Error(`input ${index} is missing`);
  return tensor;
}

function values(call: Call, index: number): number[] {
  const { values: data } = call.backend.data.get(input(call, index).dataId);
  return Array.from(data ?? [], Number);
}

function integers(call: Call, index: number): number[] {
  const { dtype } = input(call, index);
  if (dtype !== "int32") throw new Error(`input ${index} is ${dtype}, not int32`);
  return values(call, index);
}

function attribute({ attributes }: Call, name: string): Attribute {
  const value = attributes.get(name);
  if (value === undefined) throw new Error(`the attribute ${name} is missing`);
  return value;
}

function numbers(value: Attribute): number[] {
  if (!Array.isArray(value)) throw new Error(`${value} is no list`);
  return value;
}

function refuseDifferentTypes(tensors: readonly TensorInfo[]): void {
  const types = new Set(tensors.map(({ dtype }) => dtype));
  if (types.size > 1) throw new Error("the inputs are of different types");
}

function refuseDifferent(tensors: readonly TensorInfo[]): void {
  refuseDifferentTypes(tensors);
  const [first, ...others] = tensors;
  if (others.some(({ shape }) => !util.arraysEqual(shape, first!.shape))) {
    throw new Error("the inputs are of different shapes");
  }
}

/** Rows of input `index` are places in `shape`. */
function refuseOutOfRange(call: Call, index: number, shape: readonly number[]): void {
  const axes = input(call, index).shape.at(-1)!;
  integers(call, index).forEach((place, at) => {
    if (place < 0 || place >= shape[at % axes]!) throw new Error(`index ${place} is out of range`);
  });
}

function run(
  { backend }: Call,
  kernel: string,
  inputs: Inputs | readonly TensorInfo[],
  attrs: NamedAttrMap = {},
): TensorInfo | TensorInfo[] {
  // Kernels of any number of inputs take a list, which their common type does not say.
  const given: object = inputs;
  return getKernel(kernel, "cpu").kernelFunc({ inputs: given as NamedTensorInfoMap, attrs, backend });
}
