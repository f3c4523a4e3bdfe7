import { formatPlain } from "../numbers";

/** Round positions of tick marks within [min, max]: multiples of 1, 2 or 5 times a power of ten, about `count` of them. */
export function linearTicks(min: number, max: number, count: number): readonly number[] {
  const span = max - min;
  if (!(span > 0) || !Number.isFinite(span)) return [];
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10]
    .map((multiple) => multiple * power)
    .find((candidate) => candidate >= rough * 0.999)!;
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  // Number(...toPrecision) removes the 0.30000000000000004 of repeated steps.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten within [min, max], with 2 and 5 between them when there are few. */
export function logTicks(min: number, max: number): readonly number[] {
  if (!(min > 0) || !(max > min)) return [];
  const from = Math.floor(Math.log10(min));
  const to = Math.ceil(Math.log10(max));
  const multiples = to - from <= 3 ? [1, 2, 5] : [1];
  const ticks: number[] = [];
  for (let power = from; power <= to; power++) {
    for (const multiple of multiples) {
      const tick = Number((multiple * 10 ** power).toPrecision(12));
      if (tick >= min * 0.999999 && tick <= max * 1.000001) ticks.push(tick);
    }
  }
  return ticks;
}

/** A tick as short as its step allows. */
export function formatTick(tick: number): string {
  const size = Math.abs(tick);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return tick.toExponential().replace("e+", "e");
  // Not "-0".
  return formatPlain(tick + 0);
}
