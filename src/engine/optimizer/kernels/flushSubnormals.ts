import { vectorBytes } from "./common";

/** Makes zero of the subnormal numbers among `count` floats; leaves everything else, also NaN. */
export function flushSubnormals(array: usize, count: u32): void {
  const leastNormal = f32x4.splat(f32.MIN_NORMAL_VALUE);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(array + at);
    v128.store(array + at, v128.andnot(x, f32x4.lt(f32x4.abs(x), leastNormal)));
  }
}
