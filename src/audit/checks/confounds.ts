/**
 * What else than the disease tells the classes apart. A network takes what is easiest: where all patients come from one scanner, it
 * learns the scanner. Told by effect sizes over people, each once; a warning where the effect is large, a notice where it is medium,
 * nothing where chance alone would do it in so few people.
 */
import { compareSessions } from "../../data/tsv/sessionOrder";
import { remark, warning } from "../../experiment/problems/makeProblem";
import type { Problem } from "../../experiment/problems/problem";
import { some } from "../../experiment/problems/some";
import {
  bestThreshold,
  cliffsDelta,
  cohensD,
  contingency,
  cramersV,
  errorOfD,
  type Observation,
} from "../../statistics/association";
import { bestRule } from "../../statistics/bestRule";
import { chiSquaredAbove } from "../../statistics/distributions";
import { isUndefined } from "../../statistics/figure";
import { tableTest } from "../../statistics/groups/tableTest";
import { mean } from "../../statistics/moments";
import type { Check } from "../check";
import { personOf, type Scan, type Study, usedScans } from "../study";
import { type Trait, traitsOf } from "../traits";

export const confounds: Check = { needs: "rows", accepted: null, find };

/** Cohen's conventions for d (1988), and those for V of a table with two classes. */
const MEDIUM_D = 0.5;
const LARGE_D = 0.8;
const MEDIUM_V = 0.3;
const LARGE_V = 0.5;
/** The best rule or threshold is worth a warning from here, whatever the other sizes. */
const TELLING_RULE = 0.8;
/**
 * How often chance alone may give as much in a study, for ages and for categories alike: that of three standard deviations of a normal
 * distribution, on either side.
 */
const CHANCE = chiSquaredAbove(3 ** 2, 1);

function find(study: Study): Problem[] {
  const { network_task: task, label, tsv_path: file } = study.experiment;
  if (task !== "classification") return [];
  const people = onePerPerson(usedScans(study).filter((scan) => scan.label !== ""));
  return traitsOf(people, label).flatMap((trait) => {
    const found = trait.kind === "number" ? ofNumber(trait, people) : ofCategory(trait, people);
    if (found === null) return [];
    const place = { file, where: "tsv_path" };
    const make = found.large ? warning : remark;
    return [
      "difference" in found
        ? make("audit.class-by-number", place, found.difference)
        : make("audit.class-by-value", place, found.table),
    ];
  });
}

/** The first session of each person. */
function onePerPerson(scans: readonly Scan[]): readonly Scan[] {
  const people = new Map<string, Scan>();
  for (const scan of scans) {
    const known = people.get(personOf(scan));
    if (known === undefined || compareSessions(scan.sessionId, known.sessionId) < 0)
      people.set(personOf(scan), scan);
  }
  return [...people.values()];
}

/** The two classes that differ most. */
function ofNumber(trait: Extract<Trait, { kind: "number" }>, people: readonly Scan[]) {
  const known = people
    .map((scan) => ({ value: trait.of(scan), label: scan.label }))
    .filter(({ value }) => Number.isFinite(value));
  const classes = [...new Set(known.map(({ label }) => label))].sort();
  const pairs = classes.flatMap((one, i) => classes.slice(i + 1).map((other) => compared(known, one, other)));
  const [worst] = pairs.filter((pair) => pair !== null).sort((a, b) => Math.abs(b.d) - Math.abs(a.d));
  if (
    worst === undefined ||
    Math.abs(worst.d) < MEDIUM_D ||
    chiSquaredAbove((worst.d / worst.error) ** 2, 1) > CHANCE
  ) {
    return null;
  }
  const { d, delta, rule, one, other, means } = worst;
  return {
    large: Math.abs(d) >= LARGE_D,
    difference: {
      trait: trait.name,
      one,
      other,
      mean: means[0].toFixed(1),
      otherMean: means[1].toFixed(1),
      d: d.toFixed(2),
      delta: delta.toFixed(2),
      accuracy: rule.toFixed(2),
      people: known.length,
    },
  };
}

function compared(known: readonly Observation<number>[], one: string, other: string) {
  const valuesOf = (asked: string) => known.filter(({ label }) => label === asked).map(({ value }) => value);
  const [first, second] = [valuesOf(one), valuesOf(other)];
  const [d, delta] = [cohensD(first, second), cliffsDelta(first, second)];
  if (d === null || delta === null) return null;
  return {
    one,
    other,
    d,
    delta,
    error: errorOfD(0, first.length, second.length),
    rule: bestThreshold(known.filter(({ label }) => label === one || label === other)),
    means: [mean(first), mean(second)] as const,
  };
}

function ofCategory(trait: Extract<Trait, { kind: "category" }>, people: readonly Scan[]) {
  const known = people
    .map((scan) => ({ value: trait.of(scan), label: scan.label, person: personOf(scan) }))
    .filter(({ value }) => value !== "");
  const rule = bestRule(known.map(({ value: seen, label, person }) => ({ seen, class: label, person })));
  const { values, labels, rows } = contingency(pooled(known));
  const v = cramersV(rows);
  const test = tableTest(rows);
  if (rule === null || v === null || isUndefined(test) || test.p > CHANCE) return null;
  const large = v >= LARGE_V || rule.balancedAccuracy >= TELLING_RULE;
  if (!large && v < MEDIUM_V) return null;
  const counted = values.map(
    (value, i) => `${value}: ${labels.map((label, j) => `${rows[i]?.[j] ?? 0} ${label}`).join(", ")}`,
  );
  return {
    large,
    table: {
      trait: trait.name,
      v: v.toFixed(2),
      accuracy: rule.balancedAccuracy.toFixed(2),
      people: known.length,
      counts: some(counted).join("; "),
    },
  };
}

/** Values of one person are one value, as for the best rule. */
function pooled(known: readonly Observation<string>[]): readonly Observation<string>[] {
  const people = new Map<string, number>();
  for (const { value } of known) people.set(value, (people.get(value) ?? 0) + 1);
  return known.map(({ value, label }) => ({ value: people.get(value) === 1 ? "..." : value, label }));
}
