/**
 * ReLU and LeakyReLU within other kernels: `rectified(z)` = z where z > 0, else `shape.slope` times z, and `rectified_slope(z)`, its
 * derivative. Slope 0 is a ReLU, slope 1 changes nothing.
 */
export const RECTIFIED = `
fn rectified(z: f32) -> f32 { return select(z, select(shape.slope * z, 0.0, shape.slope == 0.0), z <= 0.0); }
fn rectified_slope(z: f32) -> f32 { return select(shape.slope, 1.0, z > 0.0); }`;

/** The slope where there is no activation. */
export const NOT_RECTIFIED = 1;
