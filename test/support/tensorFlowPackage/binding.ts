/**
 * What @tensorflow/tfjs-node loads as its native part, here without libtensorflow: it keeps the tensors and computes in
 * JavaScript. Bundled into a folder of the name that the package looks for (package.ts).
 */
import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { type DataType, enableProdMode, type TensorInfo, type TypedArray, util } from "@tensorflow/tfjs-core";
import { type Attribute, runOperation } from "./operations";

// The numbers of TF_DataType and TF_AttrType in TensorFlow's C interface.
export const TF_FLOAT = 1;
export const TF_INT32 = 3;
export const TF_UINT8 = 4;
export const TF_STRING = 7;
export const TF_COMPLEX64 = 8;
export const TF_INT64 = 9;
export const TF_BOOL = 10;
export const TF_RESOURCE = 20;
export const TF_ATTR_STRING = 0;
export const TF_ATTR_INT = 1;
export const TF_ATTR_FLOAT = 2;
export const TF_ATTR_BOOL = 3;
export const TF_ATTR_TYPE = 4;
export const TF_ATTR_SHAPE = 5;
export const TF_Version = "2.9.1";

const TYPES = { [TF_FLOAT]: "float32", [TF_INT32]: "int32", [TF_BOOL]: "bool" } as const;
type TypeCode = keyof typeof TYPES;

interface OperationAttribute {
  readonly name: string;
  readonly type: number;
  readonly value: Attribute;
}

interface Output {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: TypeCode;
}

// TensorFlow.js recommends this very package to whom it computes for in JavaScript.
enableProdMode();
const backend = new MathBackendCPU();
const tensors = new Map<number, TensorInfo>();
let tensorCount = 0;

export const isUsingGpuDevice = (): boolean => false;

export const getNumOfTensors = (): number => tensors.size;

/** The largest number of int32 values that each operation has been given or has made: for tests, no part of the package. */
export const mostIntegers = new Map<string, number>();

/** @param values are read where they are, as libtensorflow does: whoever changes them changes the tensor */
export function createTensor(shape: number[], type: number, values: TypedArray): number {
  if (values.length !== util.sizeFromShape(shape)) throw new Error(`${values.length} values for [${shape}]`);
  return keep(backend.makeTensorInfo(shape, TYPES[knownType(type)], values));
}

export function deleteTensor(id: number): void {
  backend.disposeIntermediateTensorInfo(existing(id));
  tensors.delete(id);
}

export function tensorDataSync(id: number): TypedArray {
  const { values } = backend.data.get(existing(id).dataId);
  if (values === undefined || (values.length > 0 && typeof values[0] !== "number"))
    throw new Error("no numbers");
  return values as TypedArray;
}

export function executeOp(
  name: string,
  attributes: readonly OperationAttribute[],
  inputs: readonly number[],
  outputs: number,
): Output[] {
  const named = attributes.map(({ name: key, type, value }): [string, Attribute] => [
    key,
    type === TF_ATTR_TYPE ? TYPES[knownType(value)] : value,
  ]);
  const given = inputs.map(existing);
  const made = runOperation(name, { inputs: given, attributes: new Map(named), backend });
  if (made.length !== outputs) throw new Error(`${name} has ${made.length} outputs, not ${outputs}.`);
  const integers = [...given, ...made].filter(({ dtype }) => dtype === "int32");
  const sizes = integers.map(({ shape }) => util.sizeFromShape(shape));
  mostIntegers.set(name, Math.max(mostIntegers.get(name) ?? 0, ...sizes));
  return made.map((tensor) => ({ id: keep(tensor), shape: tensor.shape, dtype: codeOf(tensor.dtype) }));
}

function keep(tensor: TensorInfo): number {
  tensors.set(++tensorCount, tensor);
  return tensorCount;
}

function existing(id: number): TensorInfo {
  const tensor = tensors.get(id);
  if (tensor === undefined) throw new Error(`There is no tensor ${id}.`);
  return tensor;
}

function knownType(code: Attribute): TypeCode {
  if (code === TF_FLOAT || code === TF_INT32 || code === TF_BOOL) return code;
  throw new Error(`Type ${code} is none that Gyrus computes with.`);
}

function codeOf(type: DataType): TypeCode {
  switch (type) {
    case "float32":
      return TF_FLOAT;
    case "int32":
      return TF_INT32;
    case "bool":
      return TF_BOOL;
    default:
      throw new Error(`Type ${type} is none that Gyrus computes with.`);
  }
}
