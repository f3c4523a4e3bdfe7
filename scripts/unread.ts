/** What can be set of a layer, a loss or an optimizer, and is asked for by nothing: setting it would do nothing, and nobody would say so. */

interface Setting {
  readonly default?: unknown;
}

/** Stands for a value that has to be given. */
const GIVEN = 2;

/** Names of `settings` that `use` does not ask for. Whether it can do anything with their values is no matter here. */
export function unread<Values extends object>(
  settings: Readonly<Record<string, Setting>>,
  use: (values: Values) => unknown,
): string[] {
  const asked = new Set<PropertyKey>();
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, { default: usual }]) => [name, usual ?? GIVEN]),
  );
  const watched = new Proxy(values, {
    get(target, name, receiver): unknown {
      asked.add(name);
      return Reflect.get(target, name, receiver);
    },
  });
  try {
    // They are the names and, where there are any, the defaults of these very settings.
    use(watched as Values);
  } catch {
    // A value that stands for a given one need not fit; what was asked for until then counts.
  }
  return Object.keys(settings).filter((name) => !asked.has(name));
}
