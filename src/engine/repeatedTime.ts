/** How long something takes that can be repeated. */

export interface Repeating {
  /** After this time no new repetition begins, but there are three in any case. */
  readonly seconds: number;
  /** In seconds; default: that of the machine. */
  readonly clock?: (() => number) | undefined;
}

const LEAST = 3;
const MOST = 50;

export const secondsNow = (): number => performance.now() / 1000;

/** Seconds of `run`, which waits until all is done: the median of several, after one that warms up. */
export async function medianSeconds(
  run: () => Promise<unknown>,
  { seconds, clock = secondsNow }: Repeating,
): Promise<number> {
  const beginning = clock();
  await run();
  const times: number[] = [];
  while (times.length < LEAST || (times.length < MOST && clock() - beginning < seconds)) {
    const start = clock();
    await run();
    times.push(clock() - start);
  }
  return median(times);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
