import { averageOfSquares, lerp, regularized, vectorBytes } from "./common";

const BETA1: f64 = 0.9;
const BETA2: f64 = 0.999;
const EPSILON: f32 = 1e-8;

/** RAdam: see rules/radam.ts. */
export function radam(
  weights: usize,
  gradient: usize,
  expAvg: usize,
  expAvgSq: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  learningRate: f32,
  correction1: f32,
  correction2: f32,
  rectification: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const complement1 = f32x4.splat(<f32>(1 - BETA1));
  const beta2 = f32x4.splat(<f32>BETA2);
  const complement2 = f32x4.splat(<f32>(1 - BETA2));
  const epsilon = f32x4.splat(EPSILON);
  const one = f32x4.splat(1);
  const rate = f32x4.splat(learningRate);
  const correction1x4 = f32x4.splat(correction1);
  const correction2x4 = f32x4.splat(correction2);
  const rectification4 = f32x4.splat(rectification);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const m = lerp(v128.load(expAvg + at), g, complement1);
    const v = averageOfSquares(v128.load(expAvgSq + at), beta2, g, complement2);
    v128.store(expAvg + at, m);
    v128.store(expAvgSq + at, v);
    let step = f32x4.mul(f32x4.div(m, correction1x4), rate);
    if (rectification > 0) {
      const inverse = f32x4.div(one, f32x4.add(f32x4.sqrt(v), epsilon));
      step = f32x4.mul(f32x4.mul(step, f32x4.mul(inverse, correction2x4)), rectification4);
    }
    v128.store(weights + at, f32x4.sub(w, step));
  }
}
