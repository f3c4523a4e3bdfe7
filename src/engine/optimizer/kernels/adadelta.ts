import { averageOfSquares, regularized, vectorBytes } from "./common";

const RHO: f64 = 0.9;
const EPSILON: f32 = 1e-6;

/** Adadelta: see rules/adadelta.ts. */
export function adadelta(
  weights: usize,
  gradient: usize,
  squareAvg: usize,
  accDelta: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  learningRate: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const rho = f32x4.splat(<f32>RHO);
  const complement = f32x4.splat(<f32>(1 - RHO));
  const epsilon = f32x4.splat(EPSILON);
  const rate = f32x4.splat(learningRate);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const square = averageOfSquares(v128.load(squareAvg + at), rho, g, complement);
    const accumulated = v128.load(accDelta + at);
    const numerator = f32x4.sqrt(f32x4.add(accumulated, epsilon));
    const delta = f32x4.mul(f32x4.div(numerator, f32x4.sqrt(f32x4.add(square, epsilon))), g);
    v128.store(squareAvg + at, square);
    v128.store(accDelta + at, averageOfSquares(accumulated, rho, delta, complement));
    v128.store(weights + at, f32x4.sub(w, f32x4.mul(delta, rate)));
  }
}
