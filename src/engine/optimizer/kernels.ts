/**
 * The inner loops of the optimizers that decide how long a step takes. They work in place on views of one memory: as
 * WebAssembly with SIMD (kernels/, built to optimizer.wasm), or as plain loops where the processor has no SIMD. Both give
 * the same bits.
 */
import { existsSync, readFileSync } from "node:fs";
import { EngineError } from "../engine";
import { plainKernels } from "./plainKernels";

export interface Kernels {
  readonly kind: "simd" | "plain";
  /** One step of Adam or AdamW; the four arrays have the same length. The formula is in kernels/adam.ts. */
  adam(
    weights: Float32Array,
    expAvg: Float32Array,
    expAvgSq: Float32Array,
    gradient: Float32Array,
    constants: AdamConstants,
  ): void;
  /**
   * block[i, j] = sum over n of left[n, i] * right[n, j], added to what `block` holds if `accumulate`.
   * block [rows, columns]; right [count, columns]; left [count, rows] with its rows `leftStride` floats apart.
   */
  sumOuterProducts(
    block: Float32Array,
    left: Float32Array,
    right: Float32Array,
    size: OuterProductsSize,
    accumulate: boolean,
  ): void;
}

export interface AdamConstants {
  /** Multiplies the gradient. */
  readonly scale: number;
  /** L2: this share of the weights is added to the gradient. */
  readonly weightDecay: number;
  /** Decoupled weight decay: multiplies the weights before the step; 1 for none. */
  readonly shrink: number;
  readonly beta1: number;
  readonly beta2: number;
  /** Learning rate divided by the bias correction of the first moment. */
  readonly stepSize: number;
  /** Square root of the bias correction of the second moment. */
  readonly correction: number;
  readonly epsilon: number;
}

export interface OuterProductsSize {
  readonly count: number;
  readonly rows: number;
  readonly columns: number;
  readonly leftStride: number;
}

/** The kernels on `memory`: every array given to them must be a view of it. */
export function loadKernels(memory: WebAssembly.Memory): Kernels {
  const bytes = readFileSync(wasmFile());
  return WebAssembly.validate(bytes) ? simdKernels(bytes, memory) : plainKernels;
}

/** optimizer.wasm stands beside the bundle; run from its source, the project has it in dist. */
function wasmFile(): URL {
  const places = ["./optimizer.wasm", "../../../dist/optimizer.wasm"];
  const found = places.map((place) => new URL(place, import.meta.url)).find((place) => existsSync(place));
  if (found === undefined)
    throw new EngineError(
      "optimizer.wasm is missing beside the program. Run npm run build, or install Gyrus again.",
    );
  return found;
}

function simdKernels(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): Kernels {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const adam = exportedFunction(exports, "adam");
  const sumOuterProducts = exportedFunction(exports, "sumOuterProducts");
  const pointer = (view: Float32Array): number => {
    if (view.buffer !== memory.buffer) throw new Error("a kernel was given an array outside of its memory");
    return view.byteOffset;
  };
  return {
    kind: "simd",
    adam(weights, expAvg, expAvgSq, gradient, constants) {
      const { scale, weightDecay, shrink, beta1, beta2, stepSize, correction, epsilon } = constants;
      adam(
        pointer(weights),
        pointer(expAvg),
        pointer(expAvgSq),
        pointer(gradient),
        weights.length,
        scale,
        weightDecay,
        shrink,
        1 - beta1,
        beta2,
        1 - beta2,
        stepSize,
        correction,
        epsilon,
      );
    },
    sumOuterProducts(block, left, right, { count, rows, columns, leftStride }, accumulate) {
      sumOuterProducts(
        pointer(block),
        pointer(left),
        pointer(right),
        count,
        rows,
        columns,
        leftStride,
        accumulate ? 1 : 0,
      );
    },
  };
}

type NumericFunction = (...numbers: number[]) => void;

function exportedFunction(exports: WebAssembly.Exports, name: string): NumericFunction {
  const value = exports[name];
  if (typeof value !== "function") throw new Error(`optimizer.wasm does not export ${name}`);
  return (...numbers) => {
    value(...numbers);
  };
}
