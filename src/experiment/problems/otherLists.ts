/** More stand in no list that somebody has typed. */
const LONGEST = 20;
/** More would be a list to scroll through. */
const MOST = 5;

/** `list` with each of `others`, the likeliest first, in the place of `wrong`, and without it: what the editor offers as fixes. */
export function otherLists(list: readonly string[], wrong: string, others: readonly string[]): string[][] {
  if (list.length > LONGEST) return [];
  const exchanged = others
    .filter((other) => !list.includes(other))
    .slice(0, MOST)
    .map((other) => list.map((value) => (value === wrong ? other : value)));
  const without = list.filter((value) => value !== wrong);
  return without.length === 0 ? exchanged : [...exchanged, without];
}
