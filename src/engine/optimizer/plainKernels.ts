/**
 * The kernels as plain loops: what runs where WebAssembly has no SIMD, and what the SIMD kernels are tested against. Every
 * operation is rounded to float32 as theirs is, so that both give the same bits.
 */
import { type Arithmetic, preparedGradient } from "../../optimizer/arithmetic";
import type { Kernels } from "./kernels";

const { abs, fround, max, min, sqrt } = Math;
const LEAST_NORMAL = 2 ** -126;
/** A formula makes arrays of so many floats on its way: they stay in the cache of the processor. */
const BLOCK_LENGTH = 1024;

export const plainKernels: Kernels = {
  kind: "plain",

  update(rule, preparation, { constants, switches = {} }) {
    const names = Object.keys(rule.moments);
    return (weights, gradient, ...moments) => {
      for (let start = 0; start < weights.length; start += BLOCK_LENGTH) {
        const part = (array: Float32Array) => array.subarray(start, start + BLOCK_LENGTH);
        const o = arrayArithmetic(part(weights).length);
        const { scale, decay, limit } = preparation;
        const stepped = rule.formula(o, {
          weights: part(weights),
          gradient: preparedGradient(o, part(gradient), part(weights), {
            scale: o.constant(scale),
            decay: o.constant(decay),
            ...(limit !== undefined && { limit: o.constant(limit) }),
          }),
          moments: Object.fromEntries(names.map((name, slot) => [name, part(moments[slot]!)])),
          constants: Object.fromEntries(
            Object.entries(constants).map(([name, value]) => [name, o.constant(value)]),
          ),
          switches,
        });
        names.forEach((name, slot) => {
          part(moments[slot]!).set(stepped.moments[name]!);
        });
        part(weights).set(stepped.weights);
      }
    };
  },

  flushSubnormals(array) {
    for (let i = 0; i < array.length; i++) if (abs(array[i]!) < LEAST_NORMAL) array[i] = 0;
  },

  sumOuterProducts(block, left, right, { count, rows, columns, leftStride }, accumulate) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const target = row * columns + column;
        let sum = accumulate ? block[target]! : 0;
        for (let n = 0; n < count; n++) {
          const product = fround(left[n * leftStride + row]! * right[n * columns + column]!);
          sum = fround(sum + product);
        }
        block[target] = sum;
      }
    }
  },
};

/** Operations on arrays of `length` floats, each of which makes a new one: storing a result there rounds it to float32. */
function arrayArithmetic(length: number): Arithmetic<Float32Array> {
  const each = (operation: (index: number) => number): Float32Array => {
    const result = new Float32Array(length);
    for (let index = 0; index < length; index++) result[index] = operation(index);
    return result;
  };
  return {
    constant: (value) => new Float32Array(length).fill(value),
    add: (a, b) => each((i) => a[i]! + b[i]!),
    sub: (a, b) => each((i) => a[i]! - b[i]!),
    mul: (a, b) => each((i) => a[i]! * b[i]!),
    div: (a, b) => each((i) => a[i]! / b[i]!),
    max: (a, b) => each((i) => max(a[i]!, b[i]!)),
    min: (a, b) => each((i) => min(a[i]!, b[i]!)),
    abs: (a) => each((i) => abs(a[i]!)),
    sqrt: (a) => each((i) => sqrt(a[i]!)),
  };
}
