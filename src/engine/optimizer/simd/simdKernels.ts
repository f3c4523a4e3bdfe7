/** The kernels as WebAssembly with SIMD: a module for what does not depend on the optimizer, and one for each form of its formula. */
import type { UpdateRule } from "../../../optimizer/definition";
import type { Kernels } from "../kernels";
import { flushSubnormals } from "./flushSubnormals";
import { moduleOf } from "./module";
import { sumOuterProducts } from "./sumOuterProducts";
import { type UpdateForm, updateKernel } from "./updateKernel";

/** The kernels on `memory`; undefined where the processor has no SIMD. */
export function simdKernels(memory: WebAssembly.Memory): Kernels | undefined {
  const bytes = moduleOf({ flushSubnormals: flushSubnormals(), sumOuterProducts: sumOuterProducts() });
  if (!WebAssembly.validate(bytes)) return undefined;
  const common = exportsOf(bytes, memory);
  const flush = exportedFunction(common, "flushSubnormals");
  const sum = exportedFunction(common, "sumOuterProducts");
  const pointer = (view: Float32Array): number => {
    if (view.buffer !== memory.buffer) throw new Error("a kernel was given an array outside of its memory");
    return view.byteOffset;
  };
  const compiled = new Map<UpdateRule, Map<string, NumericFunction>>();
  const kernelOf = (rule: UpdateRule, form: UpdateForm): NumericFunction => {
    const forms = compiled.get(rule) ?? new Map<string, NumericFunction>();
    compiled.set(rule, forms);
    const key = JSON.stringify(form);
    const kernel = forms.get(key) ?? compile(rule, form, memory);
    forms.set(key, kernel);
    return kernel;
  };
  return {
    kind: "simd",
    update(rule, { scale, decay, limit }, { constants, switches = {} }) {
      const kernel = kernelOf(rule, {
        constants: Object.keys(constants),
        switches,
        clips: limit !== undefined,
      });
      const numbers = [scale, decay, ...(limit === undefined ? [] : [limit]), ...Object.values(constants)];
      return (...arrays) => {
        kernel(...arrays.map(pointer), arrays[0].length, ...numbers);
      };
    },
    flushSubnormals(array) {
      flush(pointer(array), array.length);
    },
    sumOuterProducts(block, left, right, { count, rows, columns, leftStride }, accumulate) {
      const pointers = [block, left, right].map(pointer);
      sum(...pointers, count, rows, columns, leftStride, accumulate ? 1 : 0);
    },
  };
}

type NumericFunction = (...numbers: readonly number[]) => void;

function compile(rule: UpdateRule, form: UpdateForm, memory: WebAssembly.Memory): NumericFunction {
  return exportedFunction(exportsOf(moduleOf({ update: updateKernel(rule, form) }), memory), "update");
}

function exportsOf(bytes: Uint8Array<ArrayBuffer>, memory: WebAssembly.Memory): WebAssembly.Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } }).exports;
}

function exportedFunction(exports: WebAssembly.Exports, name: string): NumericFunction {
  const value = exports[name];
  if (typeof value !== "function") throw new Error(`the module of the kernels does not export ${name}`);
  return (...numbers) => {
    value(...numbers);
  };
}
