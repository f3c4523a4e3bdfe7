import { averageOfSquares, descend, regularized, vectorBytes } from "./common";

const ALPHA: f64 = 0.99;
const EPSILON: f32 = 1e-8;

/** RMSprop: see rules/rmsprop.ts. */
export function rmsprop(
  weights: usize,
  gradient: usize,
  squareAvg: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  learningRate: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const alpha = f32x4.splat(<f32>ALPHA);
  const complement = f32x4.splat(<f32>(1 - ALPHA));
  const epsilon = f32x4.splat(EPSILON);
  const rate = f32x4.splat(learningRate);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const square = averageOfSquares(v128.load(squareAvg + at), alpha, g, complement);
    v128.store(squareAvg + at, square);
    v128.store(weights + at, descend(w, g, rate, f32x4.add(f32x4.sqrt(square), epsilon)));
  }
}
