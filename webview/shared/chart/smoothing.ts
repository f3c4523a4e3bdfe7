/**
 * Exponential moving average without the pull of its start (weights renormalised, as in Kingma & Ba's Adam and in TensorBoard):
 * m_n = w m_{n-1} + (1 - w) y_n, shown as m_n / (1 - w^n). `weight` 0 returns the values unchanged.
 * Values that are not finite stay where they are and do not enter the average.
 */
export function smooth(values: ArrayLike<number>, weight: number): Float64Array {
  const smoothed = new Float64Array(values.length);
  let average = 0;
  let remaining = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      smoothed[i] = value;
      continue;
    }
    average = weight * average + (1 - weight) * value;
    remaining *= weight;
    smoothed[i] = average / (1 - remaining);
  }
  return smoothed;
}
