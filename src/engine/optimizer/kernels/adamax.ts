import { descend, lerp, regularized, vectorBytes } from "./common";

const BETA1: f64 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/** Adamax: see rules/adamax.ts. */
export function adamax(
  weights: usize,
  gradient: usize,
  expAvg: usize,
  expInf: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  stepSize: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const complement1 = f32x4.splat(<f32>(1 - BETA1));
  const beta2 = f32x4.splat(BETA2);
  const epsilon = f32x4.splat(EPSILON);
  const stepSize4 = f32x4.splat(stepSize);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const m = lerp(v128.load(expAvg + at), g, complement1);
    const decayed = f32x4.mul(v128.load(expInf + at), beta2);
    const norm = f32x4.max(decayed, f32x4.add(f32x4.abs(g), epsilon));
    v128.store(expAvg + at, m);
    v128.store(expInf + at, norm);
    v128.store(weights + at, descend(w, m, stepSize4, norm));
  }
}
