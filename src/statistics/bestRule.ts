/**
 * How well the class of images can be told from something that says nothing of the disease, such as how they are stored: the balanced
 * accuracy of the best rule that answers by it. An effect, not a p: a study of twelve can be told apart by it as well as one of thousands.
 */

export interface RuleCase {
  /** What the rule sees. */
  readonly seen: string;
  /** The right answer. */
  readonly class: string;
  /** Whose case it is: who has several is one person. */
  readonly person: string;
}

export interface BestRule {
  /** Mean over the classes of the share that the rule finds. */
  readonly balancedAccuracy: number;
  /** The answer for each value that two people or more share; the others are told apart by being none of these. */
  readonly answers: ReadonlyMap<string, string>;
}

/** A side of a rule that one person makes is that person. */
const LEAST_PEOPLE = 2;

/**
 * The rule of the highest balanced accuracy: each value gets the class of which it holds the largest share. Values of a single person
 * count as one value together, since by names anybody can be told from anybody. Null where there is no rule: cases of one class, or
 * fewer than two answers that are given for two people or more.
 */
export function bestRule(cases: readonly RuleCase[]): BestRule | null {
  const totals = countBy(cases, (one) => one.class);
  const people = new Map<string, Set<string>>();
  for (const { seen, person } of cases) setOf(people, seen).add(person);
  const isShared = (seen: string) => (people.get(seen)?.size ?? 0) >= LEAST_PEOPLE;
  const groups = new Map<string | null, RuleCase[]>();
  for (const one of cases) {
    const seen = isShared(one.seen) ? one.seen : null;
    const group = groups.get(seen);
    if (group === undefined) groups.set(seen, [one]);
    else group.push(one);
  }
  const answers = new Map<string, string>();
  const sides = new Map<string, Set<string>>();
  let found = 0;
  for (const [seen, members] of groups) {
    const { answer, share } = bestAnswer(members, totals);
    found += share;
    if (seen !== null) answers.set(seen, answer);
    for (const { person } of members) setOf(sides, answer).add(person);
  }
  const peopled = [...sides.values()].filter(({ size }) => size >= LEAST_PEOPLE);
  if (totals.size < 2 || peopled.length < 2) return null;
  return { balancedAccuracy: found / totals.size, answers };
}

/** The class of which `members` hold the largest share, and that share. */
function bestAnswer(members: readonly RuleCase[], totals: ReadonlyMap<string, number>) {
  const shares = [...countBy(members, (one) => one.class)].map(([answer, count]) => ({
    answer,
    share: count / (totals.get(answer) ?? count),
  }));
  return shares.reduce((best, other) => (other.share > best.share ? other : best));
}

function countBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function setOf<Key, Value>(sets: Map<Key, Set<Value>>, key: Key): Set<Value> {
  const known = sets.get(key) ?? new Set<Value>();
  sets.set(key, known);
  return known;
}
