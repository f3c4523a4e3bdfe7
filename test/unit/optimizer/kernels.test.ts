import { describe, expect, it } from "vitest";
import { loadKernels } from "../../../src/engine/optimizer/kernels";
import { plainKernels } from "../../../src/engine/optimizer/plainKernels";
import { values } from "./values";

const memory = new WebAssembly.Memory({ initial: 4, maximum: 4 });
const simd = loadKernels(memory);

/** A copy of `data` in the memory of the kernels, `offset` floats from its beginning. */
function placed(offset: number, data: Float32Array): Float32Array {
  const view = new Float32Array(memory.buffer, offset * 4, data.length);
  view.set(data);
  return view;
}

it("runs the SIMD kernels here", () => {
  expect(simd.kind).toBe("simd");
});

it("refuses arrays outside of the memory", () => {
  const size = { count: 1, rows: 1, columns: 1, leftStride: 1 };
  const outside = new Float32Array(1);
  expect(() => simd.sumOuterProducts(outside, outside, outside, size, false)).toThrow(
    "outside of its memory",
  );
});

describe("adam", () => {
  const constants = {
    scale: 0.25,
    weightDecay: 0.01,
    shrink: 0.999,
    beta1: 0.9,
    beta2: 0.999,
    stepSize: 0.0123,
    correction: 0.0316,
    epsilon: 1e-8,
  };

  it.each([1, 3, 4, 5, 64, 1003])("gives the bits of the plain loop for %i values", (length) => {
    const weights = values(length, 1);
    const expAvg = values(length, 2);
    const expAvgSq = values(length, 3).map(Math.abs);
    const gradient = values(length, 4);
    const inMemory = {
      weights: placed(0, weights),
      expAvg: placed(1100, expAvg),
      expAvgSq: placed(2200, expAvgSq),
      gradient: placed(3300, gradient),
    };
    const untouched = placed(length, Float32Array.of(42));
    simd.adam(inMemory.weights, inMemory.expAvg, inMemory.expAvgSq, inMemory.gradient, constants);
    plainKernels.adam(weights, expAvg, expAvgSq, gradient, constants);
    expect(inMemory).toEqual({ weights, expAvg, expAvgSq, gradient });
    expect(untouched[0]).toBe(42);
  });
});

describe("sumOuterProducts", () => {
  const sizes = [
    { count: 1, rows: 1, columns: 1, leftStride: 1 },
    { count: 2, rows: 4, columns: 8, leftStride: 4 },
    { count: 3, rows: 5, columns: 7, leftStride: 9 },
    { count: 8, rows: 11, columns: 18, leftStride: 20 },
  ];

  it.each(sizes)("gives the bits of the plain loop for $count x $rows x $columns", (size) => {
    const { count, rows, columns, leftStride } = size;
    const left = values(count * leftStride, 1);
    const right = values(count * columns, 2);
    const block = values(rows * columns, 3);
    const inMemory = { left: placed(0, left), right: placed(300, right), block: placed(600, block) };
    const untouched = placed(600 + block.length, Float32Array.of(42));
    for (const accumulate of [true, false, true]) {
      simd.sumOuterProducts(inMemory.block, inMemory.left, inMemory.right, size, accumulate);
      plainKernels.sumOuterProducts(block, left, right, size, accumulate);
      expect(inMemory.block).toEqual(block);
    }
    expect(untouched[0]).toBe(42);
  });

  it("sums left[n, i] * right[n, j] over n", () => {
    const block = new Float32Array(6);
    const left = Float32Array.of(1, 2, 10, 20);
    const right = Float32Array.of(1, 2, 3, 4, 5, 6);
    const size = { count: 2, rows: 2, columns: 3, leftStride: 2 };
    plainKernels.sumOuterProducts(block, left, right, size, false);
    expect([...block]).toEqual([41, 52, 63, 82, 104, 126]);
  });
});
