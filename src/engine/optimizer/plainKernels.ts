/**
 * The kernels as plain loops: what runs where WebAssembly has no SIMD, and what the SIMD kernels are tested against. Every
 * operation is rounded to float32 as theirs is, so that both give the same bits.
 */
import type { Kernels } from "./kernels";

const { fround } = Math;

export const plainKernels: Kernels = {
  kind: "plain",

  adam(weights, expAvg, expAvgSq, gradient, constants) {
    const scale = fround(constants.scale);
    const weightDecay = fround(constants.weightDecay);
    const shrink = fround(constants.shrink);
    const complement1 = fround(1 - constants.beta1);
    const beta2 = fround(constants.beta2);
    const complement2 = fround(1 - constants.beta2);
    const stepSize = fround(constants.stepSize);
    const correction = fround(constants.correction);
    const epsilon = fround(constants.epsilon);
    for (let i = 0; i < weights.length; i++) {
      const w = weights[i]!;
      const g = fround(fround(gradient[i]! * scale) + fround(w * weightDecay));
      const m0 = expAvg[i]!;
      const m = fround(m0 + fround(fround(g - m0) * complement1));
      const v = fround(fround(expAvgSq[i]! * beta2) + fround(fround(g * complement2) * g));
      const denominator = fround(fround(fround(Math.sqrt(v)) / correction) + epsilon);
      expAvg[i] = m;
      expAvgSq[i] = v;
      weights[i] = fround(w * shrink) - fround(fround(m * stepSize) / denominator);
    }
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
