import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Partition, shareOut } from "../../../../src/data/splits/shareOut";
import { RandomGenerator } from "../../../../src/network/weights/random";

const range = (length: number) => Array.from({ length }, (_, i) => i);
const numbered = (keys: readonly string[]) => {
  const names = [...new Set(keys)].sort();
  return keys.map((key) => names.indexOf(key));
};

interface Study {
  readonly classes: readonly number[];
  readonly sites: readonly number[];
  readonly groups: readonly (readonly number[])[];
}

/** Classes and sites by lot, and groups of up to `largest` people. */
function drawn(seed: number, largest: number): Study {
  const random = new RandomGenerator(seed);
  const people = 30 + random.integer(170);
  const [classCount, siteCount] = [2 + random.integer(3), 1 + random.integer(5)];
  // The first class is the commonest.
  const classes = range(people).map(() => Math.min(random.integer(classCount), random.integer(classCount)));
  const sites = range(people).map(() => random.integer(siteCount));
  const groups: number[][] = [];
  for (let next = 0; next < people; ) {
    const size = Math.min(people - next, 1 + random.integer(largest));
    groups.push(range(size).map((i) => next + i));
    next += size;
  }
  return { classes, sites, groups };
}

function partitionsOf({ classes, sites }: Study): Partition[] {
  const cells = numbered(classes.map((one, i) => `${one} ${sites[i]}`));
  return [
    { parts: classes, weight: 1 },
    { parts: cells, weight: 1 },
    { parts: classes.map(() => 0), weight: 1 },
    { parts: sites, weight: 0.01 },
  ];
}

function shared(study: Study, shares: readonly number[], seed = 0): number[] {
  return shareOut(
    { groups: study.groups, partitions: partitionsOf(study), shares },
    new RandomGenerator(seed),
  );
}

/** How far the number of people of a part in a set is from its share, at most. */
function furthest(sets: readonly number[], parts: readonly number[], shares: readonly number[]): number {
  const gaps = shares.flatMap((share, set) =>
    [...new Set(parts)].map((part) => {
      const all = parts.filter((one) => one === part).length;
      return Math.abs(sets.filter((one, i) => one === set && parts[i] === part).length - share * all);
    }),
  );
  return Math.max(...gaps);
}

const fifths = [0.2, 0.2, 0.2, 0.2, 0.2];

describe("shareOut", () => {
  it("gives each fold its share of people, classes, and sites of each class, within one person", () => {
    for (const seed of range(20)) {
      const study = drawn(seed, 1);
      const sets = shared(study, fifths);
      for (const { parts } of partitionsOf(study).slice(0, 3))
        expect(furthest(sets, parts, fifths), `study ${seed}`).toBeLessThan(1);
    }
  });

  it("gives a part set apart its share of people and of each class, within one person", () => {
    for (const seed of range(20)) {
      const study = drawn(seed, 1);
      const sets = shared(study, [0.3, 0.7]);
      for (const { parts } of partitionsOf(study).slice(0, 3))
        expect(furthest(sets, parts, [0.3, 0.7]), `study ${seed}`).toBeLessThan(1);
    }
  });

  it("keeps groups together, and each class near its share where families are small", () => {
    for (const seed of range(10)) {
      const study = drawn(seed, 3);
      const sets = shared(study, fifths);
      expect(sets).toHaveLength(study.classes.length);
      for (const group of study.groups) expect(new Set(group.map((i) => sets[i])).size).toBe(1);
      expect(furthest(sets, study.classes, fifths), `study ${seed}`).toBeLessThan(1.5);
    }
  });

  it("draws the same with the same seed, and others with another", () => {
    const study = drawn(3, 2);
    expect(shared(study, fifths, 7)).toEqual(shared(study, fifths, 7));
    expect(shared(study, fifths, 8)).not.toEqual(shared(study, fifths, 7));
  });
});

describe("folds with families, beside scikit-learn's StratifiedGroupKFold", () => {
  const file = resolve(import.meta.dirname, "../../../fixtures/splits/folds.json");
  const { folds, studies } = z
    .object({
      folds: z.number(),
      studies: z.array(
        z.object({
          classes: z.string(),
          families: z.array(z.number()),
          best: z.number(),
          median: z.number(),
        }),
      ),
    })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  const shares = range(folds).map(() => 1 / folds);

  const ownFolds = ({ classes: letters, families }: (typeof studies)[number]) => {
    const classes = [...letters].map(Number);
    const groups = [...new Set(families)].map((family) =>
      range(families.length).filter((i) => families[i] === family),
    );
    const sets = shared({ classes, sites: classes.map(() => 0), groups }, shares);
    return { groups, sets, furthest: furthest(sets, classes, shares) };
  };

  it.each(studies.map((study, i) => [i, study] as const))(
    "study %i: no family in two folds, classes within one person of the best of its ten draws",
    (_, study) => {
      const own = ownFolds(study);
      for (const group of own.groups) expect(new Set(group.map((i) => own.sets[i])).size).toBe(1);
      expect(own.furthest).toBeLessThan(study.best + 1);
    },
  );

  it("are on the whole more even than its median draw", () => {
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const median = studies.map((study) => study.median);
    expect(sum(studies.map((study) => ownFolds(study).furthest))).toBeLessThan(sum(median));
  });
});
