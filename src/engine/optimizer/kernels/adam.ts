import { averageOfSquares, descend, lerp, regularized, vectorBytes } from "./common";

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;

/** Adam, and AdamW, which shrinks the weights first: see rules/adam.ts. */
export function adam(
  weights: usize,
  gradient: usize,
  expAvg: usize,
  expAvgSq: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  shrink: f32,
  stepSize: f32,
  correction: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const complement1 = f32x4.splat(<f32>(1 - BETA1));
  const beta2 = f32x4.splat(<f32>BETA2);
  const complement2 = f32x4.splat(<f32>(1 - BETA2));
  const epsilon = f32x4.splat(EPSILON);
  const shrink4 = f32x4.splat(shrink);
  const stepSize4 = f32x4.splat(stepSize);
  const correction4 = f32x4.splat(correction);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const m = lerp(v128.load(expAvg + at), g, complement1);
    const v = averageOfSquares(v128.load(expAvgSq + at), beta2, g, complement2);
    const denominator = f32x4.add(f32x4.div(f32x4.sqrt(v), correction4), epsilon);
    v128.store(expAvg + at, m);
    v128.store(expAvgSq + at, v);
    v128.store(weights + at, descend(f32x4.mul(w, shrink4), m, stepSize4, denominator));
  }
}
