import type { Kernels } from "./kernels";
import { plainKernels } from "./plainKernels";
import { simdKernels } from "./simd/simdKernels";

/** The kernels on `memory`: every array given to them must be a view of it. */
export function loadKernels(memory: WebAssembly.Memory): Kernels {
  return simdKernels(memory) ?? plainKernels;
}
