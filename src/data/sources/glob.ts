/**
 * Shell patterns of one name. They come from experiment files, so they are matched in steps that are counted, without a regular
 * expression: `*a*a*a*b` would keep one busy for ever.
 */

/** Matches one character; `ANY` any number of them. */
type Token = ((character: string) => boolean) | typeof ANY;
const ANY = Symbol("*");

/** More letters than any system lets a name have: a longer pattern means none. */
const LONGEST = 4096;

/**
 * Whether a name matches `pattern`: `*`, `?`, `[abc]`, `[a-z]`, `[!abc]`, letters compared without case. At most as many steps as the
 * name and the pattern have letters, multiplied.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  if (pattern.length > LONGEST) return () => false;
  const tokens = tokensOf([...pattern.toLowerCase()]);
  return (name) => matches(tokens, [...name.toLowerCase()]);
}

function tokensOf(pattern: readonly string[]): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!;
    if (character === "*") {
      if (tokens.at(-1) !== ANY) tokens.push(ANY);
    } else if (character === "?") {
      tokens.push(() => true);
    } else {
      const end = character === "[" ? endOfClass(pattern, at) : -1;
      tokens.push(end < 0 ? (one) => one === character : classOf(pattern.slice(at + 1, end)));
      at = Math.max(at, end);
    }
  }
  return tokens;
}

/** Of the class that begins at `start`; -1 where that bracket is only a bracket. A class is never empty. */
function endOfClass(pattern: readonly string[], start: number): number {
  const first = pattern[start + 1] === "!" ? start + 2 : start + 1;
  const end = pattern.indexOf("]", first);
  return end > first ? end : -1;
}

function classOf(inside: readonly string[]): (character: string) => boolean {
  const negated = inside[0] === "!";
  const members = negated ? inside.slice(1) : inside;
  const single = new Set<string>();
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at++) {
    const [from = "", dash, to] = members.slice(at, at + 3);
    if (dash === "-" && to !== undefined) {
      ranges.push([from, to]);
      at += 2;
    } else single.add(from);
  }
  return (character) =>
    negated !== (single.has(character) || ranges.some(([from, to]) => from <= character && character <= to));
}

/** A star first stands for nothing, and for one letter more whenever what follows it does not fit: only the last star can. */
function matches(tokens: readonly Token[], name: readonly string[]): boolean {
  let [token, at] = [0, 0];
  let star: { readonly token: number; at: number } | null = null;
  while (at < name.length) {
    const wanted = tokens[token];
    if (wanted === ANY) {
      star = { token, at };
      token++;
    } else if (wanted?.(name[at]!) === true) {
      token++;
      at++;
    } else if (star !== null) {
      star.at++;
      token = star.token + 1;
      at = star.at;
    } else return false;
  }
  return tokens.slice(token).every((left) => left === ANY);
}
