/** What several kernels say in WGSL. */

/** WGSL may assume that no value is NaN, so its bits are asked: `is_nan(x)`, and `NAN()` makes one. */
export const NOT_A_NUMBER = `
fn is_nan(x: f32) -> bool { return (bitcast<u32>(x) & 0x7fffffffu) > 0x7f800000u; }
fn NAN() -> f32 { var bits = 0x7fc00000u; return bitcast<f32>(bits); }`;

/**
 * Sums `variables`, workgroup arrays of `size` values each, into their first elements; every invocation has to come by. `size` is a
 * power of 2 and the size of the group.
 */
export const treeSum = (variables: readonly string[], size: number): string =>
  `workgroupBarrier();
  for (var reach = ${size / 2}u; reach > 0u; reach >>= 1u) {
    if (lane < reach) { ${variables.map((name) => `${name}[lane] += ${name}[lane + reach];`).join(" ")} }
    workgroupBarrier();
  }`;
