/** Shares people out among sets so that every set is like all of them, groups kept together. */
import type { RandomGenerator } from "../../network/weights/random";

/** One way to tell people apart in which the sets shall be alike: everybody, by class, by class and site, by site. */
export interface Partition {
  /** Of each person, from 0: [people]. */
  readonly parts: readonly number[];
  /** How much it counts against the others. */
  readonly weight: number;
}

export interface ShareRequest {
  /** People who stay together, by their number; each person in one group: [groups][people]. */
  readonly groups: readonly (readonly number[])[];
  readonly partitions: readonly Partition[];
  /** Of the sets, 1 together: [sets]. */
  readonly shares: readonly number[];
}

/**
 * The set of each person. The sum over sets, partitions and parts of weight x (people - share x people of that part)^2 is made small:
 * groups one by one where they fit best, the largest first, then moves and exchanges as long as one helps. Where everybody is a group of
 * their own, each part of nested partitions (class, class and site) comes within one person of its share. Who of those alike goes where
 * is drawn.
 */
export function shareOut({ groups, partitions, shares }: ShareRequest, random: RandomGenerator): number[] {
  const kinds = kindsOf(groups, partitions);
  const places = new Places(kinds, partitions, shares);
  places.fill();
  places.improve();
  const sets: number[] = [];
  for (const [k, kind] of kinds.entries()) {
    const drawn = random.shuffled(kind.groups);
    let next = 0;
    for (const set of shares.keys()) {
      for (let left = places.count(set, k); left > 0; left--)
        for (const person of groups[drawn[next++]!]!) sets[person] = set;
    }
  }
  return sets;
}

/** Groups that are alike in every partition: which of them goes where changes nothing. */
interface Kind {
  readonly groups: readonly number[];
  readonly size: number;
  /** People by feature: a part of a partition. */
  readonly features: readonly (readonly [feature: number, people: number])[];
}

/** The largest first; equal ones by class, then by what else tells them apart, so that parts are dealt round. */
function kindsOf(groups: readonly (readonly number[])[], partitions: readonly Partition[]): Kind[] {
  const offsets = offsetsOf(partitions);
  const kinds = new Map<string, { groups: number[]; size: number; features: [number, number][] }>();
  for (const [g, people] of groups.entries()) {
    const counts = new Map<number, number>();
    for (const [p, { parts }] of partitions.entries()) {
      for (const person of people) {
        const feature = offsets[p]! + parts[person]!;
        counts.set(feature, (counts.get(feature) ?? 0) + 1);
      }
    }
    const features = [...counts].sort(([a], [b]) => a - b);
    const key = features.join(";");
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { groups: [g], size: people.length, features });
    else kind.groups.push(g);
  }
  return [...kinds.values()].sort((a, b) => b.size - a.size || compareFeatures(a.features, b.features));
}

function compareFeatures(a: Kind["features"], b: Kind["features"]): number {
  const i = a.findIndex(([feature], index) => feature !== b[index]?.[0]);
  return i < 0 ? 0 : a[i]![0] - (b[i]?.[0] ?? 0);
}

const partsIn = ({ parts }: Partition) => parts.reduce((most, part) => Math.max(most, part), -1) + 1;

function offsetsOf(partitions: readonly Partition[]): number[] {
  let offset = 0;
  return partitions.map((partition) => {
    const own = offset;
    offset += partsIn(partition);
    return own;
  });
}

/** Looks at so many moves and exchanges at most: with thousands of groups that are all of another kind it would go on for hours. */
const MOST_LOOKS = 3_000_000;
/** What rounding may make of an exchange that changes nothing. */
const NOTHING = 1e-9;

/** How many groups of each kind are in each set, and how far every set is from its share. */
class Places {
  readonly #kinds: readonly Kind[];
  readonly #weights: readonly number[];
  /** Groups: [sets][kinds]. */
  readonly #counts: readonly number[][];
  /** People beyond the share of the set: [sets][features]. */
  readonly #excess: readonly Float64Array[];
  #looks = MOST_LOOKS;

  constructor(kinds: readonly Kind[], partitions: readonly Partition[], shares: readonly number[]) {
    this.#kinds = kinds;
    this.#weights = partitions.flatMap((partition) =>
      new Array<number>(partsIn(partition)).fill(partition.weight),
    );
    const all = new Float64Array(this.#weights.length);
    for (const { groups, features } of kinds)
      for (const [feature, people] of features) all[feature] = all[feature]! + people * groups.length;
    this.#counts = shares.map(() => kinds.map(() => 0));
    this.#excess = shares.map((share) => all.map((people) => -share * people));
  }

  count(set: number, kind: number): number {
    return this.#counts[set]![kind]!;
  }

  /** Every group where it adds least. */
  fill(): void {
    for (const [k, { groups, features }] of this.#kinds.entries()) {
      for (let left = groups.length; left > 0; left--) {
        const costs = this.#excess.map((excess) => this.#costOf(features, excess));
        this.#put(k, costs.indexOf(Math.min(...costs)), 1);
      }
    }
  }

  /** Moves and exchanges between two sets until none helps. */
  improve(): void {
    const sets = this.#counts.length;
    for (let found = true; found && this.#looks > 0; ) {
      found = false;
      for (let from = 0; from < sets; from++)
        for (let to = 0; to < sets; to++) if (from !== to && this.#improveBetween(from, to)) found = true;
    }
  }

  #improveBetween(from: number, to: number): boolean {
    let found = false;
    for (const a of this.#kinds.keys()) {
      while (this.count(from, a) > 0 && this.#looks > 0) {
        const better = this.#betterThan(a, from, to);
        if (better === undefined) break;
        this.#put(a, from, -1);
        this.#put(a, to, 1);
        if (better !== null) {
          this.#put(better, to, -1);
          this.#put(better, from, 1);
        }
        found = true;
      }
    }
    return found;
  }

  /** What a group of the kind `a` goes for: null for nothing, a kind, or undefined where it had better stay. */
  #betterThan(a: number, from: number, to: number): number | null | undefined {
    let best = -NOTHING;
    let choice: number | null | undefined;
    for (const b of [null, ...this.#kinds.keys()]) {
      if (b === a || (b !== null && this.count(to, b) === 0)) continue;
      this.#looks--;
      const change = this.#changeOf(a, b, from, to);
      if (change < best) {
        best = change;
        choice = b;
      }
    }
    return choice;
  }

  /** What the sum becomes more by when a group of the kind `a` goes from one set to another, and one of the kind `b` back. */
  #changeOf(a: number, b: number | null, from: number, to: number): number {
    const gone = new Map<number, number>(this.#kinds[a]!.features);
    if (b !== null)
      for (const [feature, people] of this.#kinds[b]!.features)
        gone.set(feature, (gone.get(feature) ?? 0) - people);
    let change = 0;
    for (const [feature, people] of gone) {
      const gap = this.#excess[to]![feature]! - this.#excess[from]![feature]!;
      change += this.#weights[feature]! * 2 * people * (gap + people);
    }
    return change;
  }

  /** What the sum becomes more by when a group comes into a set. */
  #costOf(features: Kind["features"], excess: Float64Array): number {
    return features.reduce(
      (sum, [feature, people]) => sum + this.#weights[feature]! * people * (2 * excess[feature]! + people),
      0,
    );
  }

  #put(kind: number, set: number, by: 1 | -1): void {
    this.#counts[set]![kind]! += by;
    const excess = this.#excess[set]!;
    for (const [feature, people] of this.#kinds[kind]!.features)
      excess[feature] = excess[feature]! + by * people;
  }
}
