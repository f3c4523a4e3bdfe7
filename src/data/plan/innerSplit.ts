/**
 * Nested folds: a validation set cut from the training part of a split, so that what the tables call validation, the outer fold, is seen
 * by nobody: neither weights nor best epoch nor stopping nor the weights of votes come from it (Varma and Simon, BMC Bioinformatics
 * 7:91, 2006: an error that chose a model is too small).
 */
import type { Experiment } from "../../experiment/experiment";
import { deriveSeed, RandomGenerator } from "../../network/weights/random";
import type { ImageRow } from "./rows";

export interface InnerSplit {
  readonly train: readonly ImageRow[];
  readonly validation: readonly ImageRow[];
}

/**
 * Takes `inner_validation` of the people out of `rows`, of each label alike, all their sessions together. The same people whenever
 * seed, split and rows are. Of a label with two people or more at least one goes and one stays.
 */
export function cutInner(
  rows: readonly ImageRow[],
  split: number,
  { inner_validation: share, seed }: Pick<Experiment, "inner_validation" | "seed">,
): InnerSplit {
  const random = new RandomGenerator(deriveSeed(seed, `inner validation of split ${split}`));
  const byLabel = new Map<string, Set<string>>();
  const labels = new Map<string, string>();
  for (const row of rows) {
    // Who changes class counts with the first one.
    const label = labels.get(personOf(row)) ?? labelOf(row);
    labels.set(personOf(row), label);
    byLabel.set(label, (byLabel.get(label) ?? new Set<string>()).add(personOf(row)));
  }
  const taken = new Set<string>();
  for (const label of [...byLabel.keys()].sort()) {
    const people = [...(byLabel.get(label) ?? [])].sort();
    const wanted = Math.round(people.length * share);
    const count = people.length < 2 ? 0 : Math.min(Math.max(wanted, 1), people.length - 1);
    for (let drawn = 0; drawn < count; drawn++) {
      const [person] = people.splice(random.integer(people.length), 1);
      if (person !== undefined) taken.add(person);
    }
  }
  return {
    train: rows.filter((row) => !taken.has(personOf(row))),
    validation: rows.filter((row) => taken.has(personOf(row))),
  };
}

const personOf = ({ place: caps, participantId }: ImageRow) => `${caps}\t${participantId}`;

/** Values of a regression differ in nearly everybody: their people are drawn without regard to them. */
const labelOf = ({ label }: ImageRow) => (label === "" || Number.isFinite(Number(label)) ? "" : label);
