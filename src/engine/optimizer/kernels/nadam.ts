import { averageOfSquares, descend, lerp, regularized, vectorBytes } from "./common";

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;

/** NAdam: see rules/nadam.ts. */
export function nadam(
  weights: usize,
  gradient: usize,
  expAvg: usize,
  expAvgSq: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  gradientStep: f32,
  averageStep: f32,
  correction: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const complement1 = f32x4.splat(<f32>(1 - BETA1));
  const beta2 = f32x4.splat(<f32>BETA2);
  const complement2 = f32x4.splat(<f32>(1 - BETA2));
  const epsilon = f32x4.splat(EPSILON);
  const gradientStep4 = f32x4.splat(gradientStep);
  const averageStep4 = f32x4.splat(averageStep);
  const correction4 = f32x4.splat(correction);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const m = lerp(v128.load(expAvg + at), g, complement1);
    const v = averageOfSquares(v128.load(expAvgSq + at), beta2, g, complement2);
    const denominator = f32x4.add(f32x4.sqrt(f32x4.div(v, correction4)), epsilon);
    v128.store(expAvg + at, m);
    v128.store(expAvgSq + at, v);
    const byGradient = descend(w, g, gradientStep4, denominator);
    v128.store(weights + at, descend(byGradient, m, averageStep4, denominator));
  }
}
