import { InputError, type Problem } from "../../experiment/problems/problem";

/** Runs `action`; what it refuses is added to `problems` and leaves undefined, so that the search for others goes on. */
export async function collect<T>(problems: Problem[], action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    append(problems, error.problems);
    return undefined;
  }
}

/** Adds to a list what may be as long as a table: `push(...added)` takes about a hundred thousand arguments at most. */
export function append<T>(list: T[], added: readonly T[]): void {
  for (const one of added) list.push(one);
}

/** `action` on every item, at most `limit` at a time, results in the order of the items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  action: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await action(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, lane));
  return results;
}
