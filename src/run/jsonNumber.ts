/**
 * JSON has no NaN and no infinities: wherever Gyrus writes JSON (event logs, checkpoints, messages to views) they are the texts
 * "NaN", "Infinity" and "-Infinity".
 */

export const NON_FINITE = ["NaN", "Infinity", "-Infinity"] as const;

/** For JSON.stringify. */
export function writeNonFinite(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

export function toJson(value: unknown): string {
  return JSON.stringify(value, writeNonFinite);
}

/**
 * Reads what `toJson` wrote on the other side of a message: both sides are this program, so the type is taken at its word. No
 * schema tells numbers from texts here: such a text is a number as the value of a key, and a text in a list, for lists hold names
 * (classes, metrics), and a class may be called "NaN".
 */
export function fromJson<T>(text: string): T {
  return JSON.parse(text, function (this: unknown, _key: string, value: unknown) {
    return !Array.isArray(this) && NON_FINITE.some((word) => word === value) ? Number(value) : value;
  });
}
