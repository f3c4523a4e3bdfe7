/** The name that was probably meant: the one with the fewest edits, if they are at most a third of its letters. */
export function nearestName<Name extends string>(typed: string, names: readonly Name[]): Name | undefined {
  const [nearest] = names
    // Texts whose lengths differ by more are further apart than that: a long one is not compared letter by letter.
    .filter((name) => Math.abs(typed.length - name.length) <= name.length / 3)
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= name.length / 3)
    .sort((a, b) => a.distance - b.distance);
  return nearest?.name;
}

/** Insertions, deletions and replacements that turn one text into the other (Levenshtein, 1966). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const next = [line];
    for (let column = 1; column <= to.length; column++) {
      const replaced = row[column - 1]! + (from[line - 1] === to[column - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[column]! + 1, next[column - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
