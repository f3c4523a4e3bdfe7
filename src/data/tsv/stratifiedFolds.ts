import { RandomGenerator } from "../../network/weights/random";

/** The seed that ClinicaDL gives to scikit-learn. */
const SEED = 2;

/**
 * The fold of each sample, exactly as scikit-learn's `StratifiedKFold(shuffle=True, random_state=2)` deals them out: classes by
 * first appearance, numbers of each class per fold from the sorted classes, then a shuffle of each class's folds by NumPy's
 * legacy generator (MT19937, bounded draws by masked rejection).
 */
export function stratifiedFolds(labels: readonly string[], folds: number): number[] {
  const members = new Map<string, number[]>();
  for (const [sample, label] of labels.entries()) {
    const own = members.get(label);
    if (own === undefined) members.set(label, [sample]);
    else own.push(sample);
  }
  const random = new RandomGenerator(SEED);
  const result = new Array<number>(labels.length).fill(0);
  let first = 0;
  for (const samples of members.values()) {
    // Where the samples of this class stand among all, sorted by class: each place has its fold.
    const dealt = samples.map((_, i) => (first + i) % folds).sort((a, b) => a - b);
    shuffle(dealt, random);
    for (const [i, sample] of samples.entries()) result[sample] = dealt[i]!;
    first += samples.length;
  }
  return result;
}

/** Fisher and Yates, from the last place down. */
function shuffle(items: number[], random: RandomGenerator): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = boundedDraw(i, random);
    const kept = items[i]!;
    items[i] = items[j]!;
    items[j] = kept;
  }
}

/** Uniform in [0, last]: 32 random bits under the smallest mask that covers `last`, drawn again until they fit. */
function boundedDraw(last: number, random: RandomGenerator): number {
  const mask = 2 ** (32 - Math.clz32(last)) - 1;
  for (;;) {
    const drawn = (random.nextUint32() & mask) >>> 0;
    if (drawn <= last) return drawn;
  }
}
