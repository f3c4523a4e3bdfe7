/**
 * Whether what a view kept is its state: of this version, with these members. Anything else in the store (nothing, or another version's
 * state) is left aside.
 */
export function isKept(
  stored: unknown,
  version: number,
  members: Readonly<Record<string, "string" | "object">> = {},
): boolean {
  if (typeof stored !== "object" || stored === null) return false;
  return (
    Reflect.get(stored, "version") === version &&
    Object.entries(members).every(([name, kind]) => typeof Reflect.get(stored, name) === kind)
  );
}
