import { regularized, vectorBytes } from "./common";

/** Stochastic gradient descent: see rules/sgd.ts. */
export function sgd(
  weights: usize,
  gradient: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  learningRate: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const rate = f32x4.splat(learningRate);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    v128.store(weights + at, f32x4.sub(w, f32x4.mul(g, rate)));
  }
}
