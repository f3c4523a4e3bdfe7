/**
 * The storages of a PyTorch file, one block of numbers each, and the tensors that are views of them.
 * Small number types are widened to the three that Gyrus knows: half and bfloat16 to float32, small integers and bool to int64.
 */

import { bracketed, sentence } from "../../../network/sentence";
import { elementCount, type Tensor } from "../../../network/weights/tensor";
import { TorchFileError } from "./torchValue";

type Elements = Float32Array | Float64Array | BigInt64Array;

interface StorageType {
  readonly bytesPerElement: number;
  /** `buffer`: little-endian, exactly as long as the storage. */
  readonly decode: (buffer: ArrayBuffer) => Elements;
}

/** Storage classes of the module `torch`, by name. */
const STORAGE_TYPES: ReadonlyMap<string, StorageType> = new Map([
  ["FloatStorage", { bytesPerElement: 4, decode: (buffer) => new Float32Array(buffer) }],
  ["DoubleStorage", { bytesPerElement: 8, decode: (buffer) => new Float64Array(buffer) }],
  ["HalfStorage", { bytesPerElement: 2, decode: (buffer) => widen(new Uint16Array(buffer), fromHalf) }],
  ["BFloat16Storage", { bytesPerElement: 2, decode: fromBfloat16 }],
  ["LongStorage", { bytesPerElement: 8, decode: (buffer) => new BigInt64Array(buffer) }],
  ["IntStorage", { bytesPerElement: 4, decode: (buffer) => toLong(new Int32Array(buffer)) }],
  ["ShortStorage", { bytesPerElement: 2, decode: (buffer) => toLong(new Int16Array(buffer)) }],
  ["CharStorage", { bytesPerElement: 1, decode: (buffer) => toLong(new Int8Array(buffer)) }],
  ["ByteStorage", { bytesPerElement: 1, decode: (buffer) => toLong(new Uint8Array(buffer)) }],
  ["BoolStorage", { bytesPerElement: 1, decode: (buffer) => toLong(new Uint8Array(buffer)) }],
]);

export const isStorageType = (name: string): boolean => STORAGE_TYPES.has(name);

/** How many numbers the tensors of one file may still copy: a small file must not ask for all memory. */
export class CopyAllowance {
  /** An expanded tensor (stride 0) has more numbers than its storage, which adds its own. */
  #left = 2 ** 22;

  add(count: number): void {
    this.#left += count;
  }

  /** False when there are not so many left. */
  take(count: number): boolean {
    this.#left -= count;
    return this.#left >= 0;
  }
}

/** A storage as the pickle speaks of it: its numbers stand in the file's record `data/<key>`. */
export class Storage {
  readonly #elements: Elements;
  readonly #copies: CopyAllowance;

  /** `bytes`: content of the record, which owns its buffer; swapped in place when `bigEndian`. */
  constructor(
    typeName: string,
    key: string,
    length: number,
    bytes: ArrayBuffer,
    { bigEndian, copies }: { readonly bigEndian: boolean; readonly copies: CopyAllowance },
  ) {
    const type = STORAGE_TYPES.get(typeName);
    if (type === undefined)
      throw new TorchFileError(sentence`It holds a storage of type ${typeName}, which is not read.`);
    if (bytes.byteLength !== length * type.bytesPerElement) {
      throw new TorchFileError(
        sentence`Its storage ${key} has ${bytes.byteLength} {1|byte|bytes} instead of ${length * type.bytesPerElement}.`,
      );
    }
    if (bigEndian) swapBytes(bytes, type.bytesPerElement);
    this.#elements = type.decode(bytes);
    copies.add(length);
    this.#copies = copies;
  }

  /**
   * The tensor that starts at element `offset` and walks by `strides` (elements, one an axis).
   * A contiguous one shares memory with its storage (and so with other tensors of it); any other is copied.
   */
  view(offset: number, shape: readonly number[], strides: readonly number[]): Tensor {
    const elements = this.#elements;
    const count = elementCount(shape);
    if (Number.isNaN(count)) throw beyond(shape);
    const last = shape.reduce((position, size, axis) => position + (size - 1) * strides[axis]!, offset);
    if (count > 0 && last >= elements.length) throw beyond(shape);
    const contiguous = isContiguous(shape, strides);
    if (!contiguous && !this.#copies.take(count)) {
      throw new TorchFileError(
        sentence`A tensor of shape ${bracketed(shape)} repeats a storage of only ${elements.length} {1|number|numbers}.`,
        sentence`Call .contiguous() on it in PyTorch and save again, if this is intended.`,
      );
    }
    if (elements instanceof Float32Array) {
      const data = contiguous ? elements.subarray(offset, offset + count) : new Float32Array(count);
      if (!contiguous) gather(elements, data, offset, shape, strides);
      return { dtype: "float32", shape, data };
    }
    if (elements instanceof Float64Array) {
      const data = contiguous ? elements.subarray(offset, offset + count) : new Float64Array(count);
      if (!contiguous) gather(elements, data, offset, shape, strides);
      return { dtype: "float64", shape, data };
    }
    const data = contiguous ? elements.subarray(offset, offset + count) : new BigInt64Array(count);
    if (!contiguous) gather(elements, data, offset, shape, strides);
    return { dtype: "int64", shape, data };
  }
}

const beyond = (shape: readonly number[]) =>
  new TorchFileError(sentence`A tensor of shape ${bracketed(shape)} reaches beyond its storage.`);

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return elementCount(shape) === 0;
    expected *= shape[axis]!;
  }
  return true;
}

/** Copies a strided view into row-major order. */
function gather<Element>(
  source: ArrayLike<Element>,
  target: { [index: number]: Element },
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): void {
  const index = new Array<number>(shape.length).fill(0);
  let position = offset;
  for (let i = 0, count = elementCount(shape); i < count; i++) {
    target[i] = source[position]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < shape[axis]!) break;
      position -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
}

function widen(source: Uint16Array, convert: (bits: number) => number): Float32Array {
  const target = new Float32Array(source.length);
  for (let i = 0; i < source.length; i++) target[i] = convert(source[i]!);
  return target;
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function fromBfloat16(buffer: ArrayBuffer): Float32Array {
  const halves = new Uint16Array(buffer);
  const bits = new Uint32Array(halves.length);
  for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  return new Float32Array(bits.buffer);
}

function toLong(source: Int32Array | Int16Array | Int8Array | Uint8Array): BigInt64Array {
  // Two halves of each number, the lower first, as the processor has them: a bigint for each would take ten times as long.
  const halves = new Int32Array(2 * source.length);
  for (let i = 0; i < source.length; i++) {
    halves[2 * i] = source[i]!;
    halves[2 * i + 1] = source[i]! >> 31;
  }
  return new BigInt64Array(halves.buffer);
}

function swapBytes(buffer: ArrayBuffer, bytesPerElement: number): void {
  const bytes = Buffer.from(buffer);
  if (bytesPerElement === 2) bytes.swap16();
  else if (bytesPerElement === 4) bytes.swap32();
  else if (bytesPerElement === 8) bytes.swap64();
}
