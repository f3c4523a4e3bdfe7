/**
 * The inner loops of the optimizers, on views of the memory of a parameter store: as WebAssembly with SIMD (kernels/, built
 * to optimizer.wasm), or as plain loops where the processor has no SIMD. Both give the same bits.
 */
import { existsSync, readFileSync } from "node:fs";
import { EngineError } from "../engine";
import { plainKernels } from "./plainKernels";
import type { BlockUpdate, UpdateRule } from "./rules/updateRule";

export interface Kernels {
  readonly kind: "simd" | "plain";
  /**
   * The formula of `rule` with `constants`, for a gradient that is gradient * scale + weights * weightDecay. It may also
   * write what follows an array up to the next multiple of four floats from its beginning.
   */
  update(rule: UpdateRule, scale: number, weightDecay: number, constants: readonly number[]): BlockUpdate;
  /**
   * Makes zero of what is smaller than a normal float32 (2^-126); may do so too with what follows the array up to the next
   * multiple of four floats from its beginning.
   */
  flushSubnormals(array: Float32Array): void;
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
  const pointer = (view: Float32Array): number => {
    if (view.buffer !== memory.buffer) throw new Error("a kernel was given an array outside of its memory");
    return view.byteOffset;
  };
  const flushSubnormals = exportedFunction(exports, "flushSubnormals");
  const sumOuterProducts = exportedFunction(exports, "sumOuterProducts");
  return {
    kind: "simd",
    update(rule, scale, weightDecay, constants) {
      const kernel = exportedFunction(exports, rule.kernel);
      return (...arrays) => {
        kernel(...arrays.map(pointer), arrays[0].length, scale, weightDecay, ...constants);
      };
    },
    flushSubnormals(array) {
      flushSubnormals(pointer(array), array.length);
    },
    sumOuterProducts(block, left, right, { count, rows, columns, leftStride }, accumulate) {
      const pointers = [block, left, right].map(pointer);
      sumOuterProducts(...pointers, count, rows, columns, leftStride, accumulate ? 1 : 0);
    },
  };
}

type NumericFunction = (...numbers: readonly number[]) => void;

function exportedFunction(exports: WebAssembly.Exports, name: string): NumericFunction {
  const value = exports[name];
  if (typeof value !== "function") throw new Error(`optimizer.wasm does not export ${name}`);
  return (...numbers) => {
    value(...numbers);
  };
}
