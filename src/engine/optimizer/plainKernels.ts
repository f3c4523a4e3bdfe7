/**
 * The kernels as plain loops: what runs where WebAssembly has no SIMD, and what the SIMD kernels are tested against. Every
 * operation is rounded to float32 as theirs is, so that both give the same bits.
 */
import type { Kernels } from "./kernels";

const { abs, fround } = Math;
const LEAST_NORMAL = 2 ** -126;

export const plainKernels: Kernels = {
  kind: "plain",

  update(rule, scale, weightDecay, constants) {
    const factor = fround(scale);
    const decay = fround(weightDecay);
    const update = rule.plain(...constants.map(fround));
    return (weights, gradient, ...moments) => {
      for (let i = 0; i < gradient.length; i++)
        gradient[i] = fround(gradient[i]! * factor) + fround(weights[i]! * decay);
      update(weights, gradient, ...moments);
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
