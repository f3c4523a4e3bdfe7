/**
 * JSON has no NaN and no infinities: wherever Gyrus writes JSON (event logs, checkpoints, messages to views) they are the texts
 * "NaN", "Infinity" and "-Infinity".
 */

export const NON_FINITE = ["NaN", "Infinity", "-Infinity"] as const;

/** For JSON.stringify. */
export function writeNonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/**
 * For JSON.parse, where no schema tells numbers from texts. Such a text is a number wherever it is the value of a key; in a list it
 * stays a text: lists hold names (classes, metrics), and a class may be called "NaN".
 */
export function readNonFinite(this: unknown, _key: string, value: unknown): unknown {
  return !Array.isArray(this) && NON_FINITE.some((word) => word === value) ? Number(value) : value;
}
