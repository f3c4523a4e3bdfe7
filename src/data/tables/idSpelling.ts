/** Why ids of two places do not meet: the same participant or session, spelt in two ways. */
import { phrase } from "../../experiment/problems/phrases";
import type { Phrase } from "../../experiment/problems/words";

/** A way in which two spellings of an id differ; each takes its difference away. The commonest first. */
const DIFFERENCES = {
  /** `sub-001`, `001` */
  prefix: (id: string) => id.replace(/^(?:sub|ses)-/, ""),
  /** `sub-001`, `sub-1`; `ses-M00`, `ses-M000` */
  zeros: (id: string) => id.replace(/(?<!\d)0+(?=\d)/g, ""),
  /** `sub-ad01`, `sub-AD01` */
  case: (id: string) => id.toLowerCase(),
  /** `1.0`: a spreadsheet took the id for a number. */
  decimals: (id: string) => id.replace(/\.0+$/, ""),
  /** `sub-ADNI_002_S_0295`, `sub-ADNI002S0295`: BIDS allows letters and digits only. */
  characters: (id: string) => id.replace(/[^\p{L}\p{N}]+/gu, ""),
} as const satisfies Readonly<Record<string, (id: string) => string>>;

export type Difference = keyof typeof DIFFERENCES;

const NAMES = Object.keys(DIFFERENCES) as Difference[];

/** Every choice of differences, the fewest first. */
const CHOICES: readonly (readonly Difference[])[] = Array.from({ length: 2 ** NAMES.length }, (_, bits) =>
  NAMES.filter((_name, i) => (bits >> i) % 2 === 1),
).sort((a, b) => a.length - b.length);

/** What an id is without some differences: decimals go before the zeros and the point that they would leave. */
const plain = (id: string, differences: readonly Difference[]) =>
  (["prefix", "decimals", "characters", "zeros", "case"] as const)
    .filter((one) => differences.includes(one))
    .reduce((text, one) => DIFFERENCES[one](text), id);

/** The id of another place that is likely to be meant, and in what the two differ: nothing where they are equal. */
export interface Meant {
  readonly id: string;
  readonly differences: readonly Difference[];
}

/**
 * Finds what ids mean among `present`.
 * @returns for an id the only one of `present` that it can mean, by the fewest differences; null where there is none, or several
 */
export function spellings(present: readonly string[]): (id: string) => Meant | null {
  const distinct = [...new Set(present)];
  const indexes = CHOICES.map((differences) => {
    const byPlain = new Map<string, string | null>();
    for (const id of distinct) {
      const key = plain(id, differences);
      byPlain.set(key, byPlain.has(key) ? null : id);
    }
    return { differences, byPlain };
  });
  return (id) => {
    for (const { differences, byPlain } of indexes) {
      const found = byPlain.get(plain(id, differences));
      if (found === null) return null;
      if (found !== undefined) return { id: found, differences };
    }
    return null;
  };
}

/** In words. */
export const differenceWords = (differences: readonly Difference[]): readonly Phrase[] =>
  differences.map((one) => phrase(`ids-${one}`));
