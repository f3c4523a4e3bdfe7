/** How alike two maps of one image are, whatever their scales. */
import { isUndefined } from "./figure";
import { spearman } from "./regression/correlation";
import { structuralSimilarity } from "./structuralSimilarity";

export interface MapLikeness {
  /** Spearman's rank correlation of the values, -1 to 1; null where one of the maps is the same everywhere. */
  readonly rank: number | null;
  /** That of the magnitudes: alike where both are strong at the same places, whatever their signs. */
  readonly absoluteRank: number | null;
  /** Structural similarity of the magnitudes, each map scaled to a largest of 1. */
  readonly similarity: number;
}

/** Ranks are compared at so many voxels, evenly taken: more do not change the second decimal, and take minutes to sort. */
const MOST_RANKED = 20_000;

/**
 * Voxels where both maps are 0, such as the background of image times gradient, tell nothing and are left out of the ranks.
 * @param shape spatial, of both
 */
export function mapLikeness(
  first: Float32Array,
  second: Float32Array,
  shape: readonly number[],
): MapLikeness {
  const told: number[] = [];
  for (let i = 0; i < first.length; i++) if (first[i] !== 0 || second[i] !== 0) told.push(i);
  const every = Math.max(1, told.length / MOST_RANKED);
  const places = Array.from(
    { length: Math.floor(told.length / every) },
    (_, i) => told[Math.floor(i * every)]!,
  );
  const at = (map: Float32Array) => places.map((place) => map[place]!);
  const [one, other] = [at(first), at(second)];
  return {
    rank: rankCorrelation(one, other),
    absoluteRank: rankCorrelation(one.map(Math.abs), other.map(Math.abs)),
    similarity: structuralSimilarity(magnitudes(first), magnitudes(second), [1, ...shape]),
  };
}

function rankCorrelation(first: readonly number[], second: readonly number[]): number | null {
  const found = spearman(first, second);
  return isUndefined(found) ? null : found.coefficient;
}

function magnitudes(map: Float32Array): Float32Array {
  const largest = map.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return map.map((value) => (largest === 0 ? 0 : Math.abs(value) / largest));
}
