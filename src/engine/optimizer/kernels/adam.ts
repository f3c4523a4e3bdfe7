/**
 * One step of Adam or AdamW on `count` floats: PyTorch's formula (torch.optim.Adam) in PyTorch's order of operations, each
 * rounded to float32, with complement = 1 - beta. Pointers are byte offsets into the imported memory.
 *
 *     g = gradient * scale + weights * weightDecay
 *     m = m + (g - m) * complement1
 *     v = v * beta2 + (g * complement2) * g
 *     weights = weights * shrink - (m * stepSize) / (sqrt(v) / correction + epsilon)
 */
export function adam(
  weights: usize,
  expAvg: usize,
  expAvgSq: usize,
  gradient: usize,
  count: u32,
  scale: f32,
  weightDecay: f32,
  shrink: f32,
  complement1: f32,
  beta2: f32,
  complement2: f32,
  stepSize: f32,
  correction: f32,
  epsilon: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const weightDecay4 = f32x4.splat(weightDecay);
  const shrink4 = f32x4.splat(shrink);
  const complement1x4 = f32x4.splat(complement1);
  const beta2x4 = f32x4.splat(beta2);
  const complement2x4 = f32x4.splat(complement2);
  const stepSize4 = f32x4.splat(stepSize);
  const correction4 = f32x4.splat(correction);
  const epsilon4 = f32x4.splat(epsilon);

  const end = weights + ((count as usize) << 2);
  const endOfVectors = weights + (((count & ~3) as usize) << 2);
  while (weights < endOfVectors) {
    const w = v128.load(weights);
    const g = f32x4.add(f32x4.mul(v128.load(gradient), scale4), f32x4.mul(w, weightDecay4));
    const m0 = v128.load(expAvg);
    const m = f32x4.add(m0, f32x4.mul(f32x4.sub(g, m0), complement1x4));
    const v = f32x4.add(f32x4.mul(v128.load(expAvgSq), beta2x4), f32x4.mul(f32x4.mul(g, complement2x4), g));
    const denominator = f32x4.add(f32x4.div(f32x4.sqrt(v), correction4), epsilon4);
    v128.store(expAvg, m);
    v128.store(expAvgSq, v);
    v128.store(weights, f32x4.sub(f32x4.mul(w, shrink4), f32x4.div(f32x4.mul(m, stepSize4), denominator)));
    weights += 16;
    expAvg += 16;
    expAvgSq += 16;
    gradient += 16;
  }
  while (weights < end) {
    const w = load<f32>(weights);
    const g = load<f32>(gradient) * scale + w * weightDecay;
    const m0 = load<f32>(expAvg);
    const m = m0 + (g - m0) * complement1;
    const v = load<f32>(expAvgSq) * beta2 + g * complement2 * g;
    store<f32>(expAvg, m);
    store<f32>(expAvgSq, v);
    store<f32>(weights, w * shrink - (m * stepSize) / (sqrt<f32>(v) / correction + epsilon));
    weights += 4;
    expAvg += 4;
    expAvgSq += 4;
    gradient += 4;
  }
}
