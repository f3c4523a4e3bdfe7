/**
 * Which numbers stand for a model. The rule looks at who the people are and how the answers were made, never at how good they are:
 * the best of several would be too good.
 */
import { leadingMetrics } from "../../statistics/metrics/metrics";
import type { Task } from "../../statistics/task";
import type { Acquaintance, AnswerSet, AnswerSource } from "./groupResults";

const KIND_ORDER: readonly AnswerSource["kind"][] = ["ensemble", "pooled", "single"];

/**
 * The answers that stand for a group: of all splits before those of one, of the selection metric that leads its task (balanced
 * accuracy) before the loss and others by name, of the first split.
 */
export function headlineOf(answers: readonly AnswerSet[], task: Task): AnswerSet | null {
  const leading = [...leadingMetrics(task).map(String), "loss"];
  const place = ({ source }: AnswerSet) => {
    const metric = leading.indexOf(source.metric);
    return [
      KIND_ORDER.indexOf(source.kind),
      metric < 0 ? leading.length : metric,
      source.kind === "single" ? source.split : 0,
    ];
  };
  const sorted = [...answers].sort((a, b) => {
    const [one, other] = [place(a), place(b)];
    const differing = one.findIndex((value, i) => value !== other[i]);
    return differing < 0
      ? a.source.metric.localeCompare(b.source.metric)
      : one[differing]! - other[differing]!;
  });
  return sorted[0] ?? null;
}

const ACQUAINTANCE_ORDER: readonly Acquaintance[] = [
  "unseen",
  "unverified",
  "chosen",
  "inner",
  "overlapping",
  "trained",
];

interface Known {
  readonly group: string;
  readonly acquaintance: Acquaintance;
}

/** Groups, those first that say most of how good a model is on people it has not seen; `test` before others of its kind, then by name. */
export function byWeight<Group extends Known>(groups: readonly Group[]): Group[] {
  const place = ({ acquaintance }: Known) => ACQUAINTANCE_ORDER.indexOf(acquaintance);
  const isTest = ({ group }: Known) => Number(group === "test");
  return [...groups].sort(
    (a, b) => place(a) - place(b) || isTest(b) - isTest(a) || a.group.localeCompare(b.group),
  );
}

/** Whether numbers on these people are better than on new ones is to be expected. */
export function isOptimistic(acquaintance: Acquaintance): boolean {
  switch (acquaintance) {
    case "trained":
    case "chosen":
    case "inner":
    case "overlapping":
      return true;
    case "unseen":
    case "unverified":
      return false;
  }
}
