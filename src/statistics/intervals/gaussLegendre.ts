/** Integrals of smooth functions: the points and weights of Gauss and Legendre on [-1, 1], applied to pieces of the range. */

const POINTS = 24;

interface Rule {
  readonly points: readonly number[];
  readonly weights: readonly number[];
}

/** Roots of the Legendre polynomial of degree `count`, by Newton's steps from Tricomi's estimate. */
function ruleOf(count: number): Rule {
  const points: number[] = [];
  const weights: number[] = [];
  for (let i = 1; i <= count; i++) {
    let x = Math.cos((Math.PI * (i - 0.25)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 10; step++) {
      let [previous, value] = [1, x];
      for (let k = 2; k <= count; k++)
        [previous, value] = [value, ((2 * k - 1) * x * value - (k - 1) * previous) / k];
      slope = (count * (x * value - previous)) / (x * x - 1);
      x -= value / slope;
    }
    points.push(x);
    weights.push(2 / ((1 - x * x) * slope ** 2));
  }
  return { points, weights };
}

const RULE = ruleOf(POINTS);

/** Integral of `f` from `from` to `to`, in `pieces` equal pieces of 24 points; 0 where there is no range. */
export function integral(f: (x: number) => number, from: number, to: number, pieces: number): number {
  if (!(to > from)) return 0;
  const half = (to - from) / pieces / 2;
  let sum = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const middle = from + (2 * piece + 1) * half;
    for (let i = 0; i < POINTS; i++) sum += RULE.weights[i]! * f(middle + half * RULE.points[i]!);
  }
  return sum * half;
}
