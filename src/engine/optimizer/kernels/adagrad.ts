import { descend, regularized, vectorBytes } from "./common";

const EPSILON: f32 = 1e-10;

/** Adagrad: see rules/adagrad.ts. */
export function adagrad(
  weights: usize,
  gradient: usize,
  sums: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  learningRate: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const epsilon = f32x4.splat(EPSILON);
  const rate = f32x4.splat(learningRate);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const sum = f32x4.add(v128.load(sums + at), f32x4.mul(g, g));
    v128.store(sums + at, sum);
    v128.store(weights + at, descend(w, g, rate, f32x4.add(f32x4.sqrt(sum), epsilon)));
  }
}
