/**
 * Patterns of paths that say where the ids stand: `sub-{participant}/anat/*_ses-{session}_T1w.nii.gz`. A star stands for any letters of one
 * name, a named part for one letter or more, each for as few as fit, from left to right: so that a pattern is followed once along a name,
 * without a regular expression and without trying again.
 */

const PARTS = ["participant", "session"] as const;
export type NamedPart = (typeof PARTS)[number];
export type PartsFound = Readonly<Partial<Record<NamedPart, string>>>;

type Token = { readonly letters: string } | { readonly any: true } | { readonly part: NamedPart };

export interface NamePattern {
  /** One a folder, and one for the file. */
  readonly names: readonly (readonly Token[])[];
  /** What stands right before the first place of a part, where it is `sub-` or `ses-`: it belongs to the id. */
  readonly prefixes: PartsFound;
}

/** What is wrong with a pattern. */
export type PatternFault =
  | { readonly fault: "no-participant" }
  | { readonly fault: "unknown-part"; readonly part: string }
  | { readonly fault: "side-by-side" }
  | { readonly fault: "outside" };

const PREFIXES = { participant: "sub-", session: "ses-" } as const;

/** The pattern of `text`, whose folders are separated by `/`, or what is wrong with it. */
export function parseNamePattern(text: string): NamePattern | PatternFault {
  const texts = text.replaceAll("\\", "/").split("/");
  if (texts.some((name) => name === "" || name === "." || name === "..")) return { fault: "outside" };
  const names: Token[][] = [];
  const prefixes: Partial<Record<NamedPart, string>> = {};
  for (const name of texts) {
    const tokens: Token[] = [];
    for (const piece of piecesOf(name)) {
      const token = tokenOf(piece);
      if (token === null) return { fault: "unknown-part", part: piece };
      const before = tokens.at(-1) ?? { letters: "" };
      if (!("letters" in before || "letters" in token)) return { fault: "side-by-side" };
      if ("part" in token) prefixes[token.part] ??= prefixBefore(before, PREFIXES[token.part]);
      tokens.push(token);
    }
    names.push(tokens);
  }
  return prefixes.participant === undefined ? { fault: "no-participant" } : { names, prefixes };
}

const prefixBefore = (before: Token, prefix: string): string =>
  "letters" in before && before.letters.endsWith(prefix) ? prefix : "";

/** `{...}`, `*` and the letters between them. */
function piecesOf(name: string): string[] {
  const pieces: string[] = [];
  let at = 0;
  while (at < name.length) {
    const end = endOfPiece(name, at);
    const piece = name.slice(at, end);
    if (piece !== "*" || pieces.at(-1) !== "*") pieces.push(piece);
    at = end;
  }
  return pieces;
}

function endOfPiece(name: string, at: number): number {
  if (name[at] === "*") return at + 1;
  if (name[at] === "{") {
    const close = name.indexOf("}", at);
    return close < 0 ? name.length : close + 1;
  }
  const ends = ["*", "{"].map((sign) => name.indexOf(sign, at)).filter((end) => end >= 0);
  return Math.min(name.length, ...ends);
}

function tokenOf(piece: string): Token | null {
  if (piece === "*") return { any: true };
  if (!piece.startsWith("{")) return { letters: piece };
  const part = PARTS.find((one) => piece === `{${one}}`);
  return part === undefined ? null : { part };
}

/**
 * The parts that `name` has where `tokens` say, besides those in `known`, which must stand there again; null where it does not fit.
 * At most as many steps as the name has letters, a few times.
 */
export function matchName(tokens: readonly Token[], name: string, known: PartsFound): PartsFound | null {
  let found = known;
  let at = 0;
  let open: Open | null = null;
  for (const [i, token] of tokens.entries()) {
    const letters = lettersOf(token, found);
    if (typeof letters !== "string") {
      open = letters;
      continue;
    }
    const start: number | null = startOf(letters, name, { at, open, isLast: i === tokens.length - 1 });
    if (start === null) return null;
    found = withPart(found, open, name.slice(at, start));
    at = start + letters.length;
    open = null;
  }
  const left = name.slice(at);
  if (open === null) return left === "" ? found : null;
  return left.length < least(open) ? null : withPart(found, open, left);
}

/** What stands for letters that are not known yet. */
type Open = Exclude<Token, { readonly letters: string }>;

const least = (open: Open) => ("part" in open ? 1 : 0);

/** The letters of a token, those of a part that was found before; the token itself where they are not known. */
function lettersOf(token: Token, found: PartsFound): string | Open {
  if ("letters" in token) return token.letters;
  return ("part" in token ? found[token.part] : undefined) ?? token;
}

interface Position {
  readonly at: number;
  readonly open: Open | null;
  readonly isLast: boolean;
}

/** Where `letters` stand next in a name, the last ones at its end; null where they do not. */
function startOf(letters: string, name: string, { at, open, isLast }: Position): number | null {
  if (open === null) return name.startsWith(letters, at) ? at : null;
  const first = at + least(open);
  const start = isLast ? name.length - letters.length : name.indexOf(letters, first);
  return start >= first && name.startsWith(letters, start) ? start : null;
}

const withPart = (found: PartsFound, open: Open | null, letters: string): PartsFound =>
  open !== null && "part" in open ? { ...found, [open.part]: letters } : found;
