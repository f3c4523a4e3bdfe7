/** Deterministic values for tests: signs, magnitudes from 1e-4 to 10, and every seventh of them zero. */
export function values(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => {
    const wave = Math.sin(12.9898 * (i + 1) + 78.233 * seed);
    const magnitude = 10 ** (2.5 * Math.cos(4.1414 * (i + 1) + seed) - 1.5);
    return (i + seed) % 7 === 0 ? 0 : wave * magnitude;
  });
}
