import { lerp, regularized, vectorBytes } from "./common";

/** ASGD: see rules/asgd.ts. */
export function asgd(
  weights: usize,
  gradient: usize,
  averages: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  shrink: f32,
  eta: f32,
  mu: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const shrink4 = f32x4.splat(shrink);
  const eta4 = f32x4.splat(eta);
  const mu4 = f32x4.splat(mu);
  const bytes = vectorBytes(count);
  for (let at: usize = 0; at < bytes; at += 16) {
    const w = v128.load(weights + at);
    const g = regularized(v128.load(gradient + at), scale4, w, weightDecay4);
    const moved = f32x4.sub(f32x4.mul(w, shrink4), f32x4.mul(g, eta4));
    v128.store(weights + at, moved);
    v128.store(averages + at, mu == 1 ? moved : lerp(v128.load(averages + at), moved, mu4));
  }
}
