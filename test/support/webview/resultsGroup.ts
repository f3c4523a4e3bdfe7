/** Imagined results of data groups, for tests of their panel. Everything follows from the number of a person: no draw differs. */
import { packResults } from "../../../src/extension/panels/results/packResults";
import { ensembles } from "../../../src/report/results/combine";
import {
  type AnswerSet,
  type Given,
  type GroupResults,
  idOf,
} from "../../../src/report/results/groupResults";
import type { PeopleColumn, ShownGroup, ToResults } from "../../../webview/results/messages";

const MAPS = "/data/maps_demo";

/** Between 0 and 1, as irregular as drawn numbers, and the same each time (Weyl's sequence). */
const scattered = (i: number, step: number) => (i * step) % 1;

/** Sites, sexes and ages as tables have them. */
const columnsOf = (sessions: readonly string[]): readonly PeopleColumn[] => [
  { name: "sex", values: sessions.map((_, i) => (i % 3 === 0 ? "M" : "F")) },
  { name: "age", values: sessions.map((_, i) => (55 + Math.floor(scattered(i, 0.618034) * 35)).toFixed(1)) },
  { name: "site", values: sessions.map((_, i) => (i % 11 === 0 ? "" : `site ${(i % 4) + 1}`)) },
];

export interface GroupChoice {
  readonly people?: number;
  readonly splits?: number;
  readonly changed?: Partial<ShownGroup>;
}

function shownGroup(
  found: Pick<GroupResults, "task" | "classes">,
  answer: (person: number, split: number) => { readonly truth: number | null; readonly answer: Given },
  { people = 24, splits = 3, changed = {} }: GroupChoice,
): ShownGroup {
  const singles = ["BA", "loss"].flatMap((metric, m) =>
    Array.from({ length: splits }, (_, split): AnswerSet => {
      const source = { kind: "single", split, metric } as const;
      const sessions = Array.from({ length: people }, (__, i) => ({
        participantId: `sub-${String(i + 1).padStart(4, "0")}`,
        sessionId: "ses-M000",
        cohort: "single",
        split,
        ...answer(i, split + 10 * m),
      }));
      return { id: idOf(source), source, sessions, voting: "none", incomplete: 0 };
    }),
  );
  const answers = [...singles, ...ensembles(singles)];
  const packed = packResults({ ...found, answers });
  const byClass = found.classes.map((_, code) => {
    const count = singles[0]!.sessions.filter(({ truth }) => truth === code).length;
    return { people: count, sessions: count };
  });
  return {
    maps: MAPS,
    group: "test",
    acquaintance: "unseen",
    knownPeople: 0,
    leftOut: 0,
    task: found.task,
    label: found.task === "reconstruction" ? null : found.task === "regression" ? "age" : "diagnosis",
    classes: found.classes,
    mode: "image",
    architecture: "Conv5_FC3",
    source: { capsDirectory: "/data/caps", multiCohort: false, tables: [`${MAPS}/groups/test/data.tsv`] },
    counts: { people, sessions: people, byClass, unlabelled: 0 },
    headline: answers.find(({ source }) => source.kind === "ensemble")?.id ?? answers[0]?.id ?? null,
    ...packed,
    rows: { ...packed.rows, columns: columnsOf(packed.rows.participants) },
    groups: ["test", "validation", "train"],
    explanations: [],
    problems: [],
    ...changed,
  };
}

/** AD against CN, well told apart and not perfectly. */
export const classifiedGroup = (choice: GroupChoice = {}): ShownGroup =>
  shownGroup(
    { task: "classification", classes: ["AD", "CN"] },
    (i, split) => {
      const truth = i % 2;
      const middle = truth === 0 ? 0.62 : 0.36;
      const probability =
        middle +
        (scattered(i + 1, 0.7548776662) - 0.5) * 0.7 +
        (scattered(i * (split + 2), 0.569840291) - 0.5) * 0.2;
      const first = Math.min(0.99, Math.max(0.01, probability));
      const probabilities = [first, 1 - first];
      return { truth, answer: { kind: "class", predicted: first >= 0.5 ? 0 : 1, probabilities } };
    },
    choice,
  );

/** AD, MCI and CN. */
export const threeClasses = (choice: GroupChoice = {}): ShownGroup =>
  shownGroup(
    { task: "classification", classes: ["AD", "MCI", "CN"] },
    (i, split) => {
      const truth = i % 3;
      const weights = [0, 1, 2].map(
        (code) => (code === truth ? 1 : 0.4) * (0.2 + scattered(i * 3 + code + split + 1, 0.7548776662)),
      );
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const probabilities = weights.map((weight) => weight / sum);
      const predicted = probabilities.indexOf(Math.max(...probabilities));
      return { truth, answer: { kind: "class", predicted, probabilities } };
    },
    choice,
  );

/** Ages, predicted too near to their mean. */
export const agedGroup = (choice: GroupChoice = {}): ShownGroup =>
  shownGroup(
    { task: "regression", classes: [] },
    (i, split) => {
      const truth = 55 + scattered(i, 0.618034) * 35;
      const value = 72 + 0.7 * (truth - 72) + (scattered(i * (split + 3), 0.7548776662) - 0.5) * 9;
      return { truth, answer: { kind: "value", value } };
    },
    choice,
  );

export const rebuiltGroup = (choice: GroupChoice = {}): ShownGroup =>
  shownGroup(
    { task: "reconstruction", classes: [] },
    (i, split) => {
      const error = 0.02 + 0.03 * scattered(i * (split + 1) + 1, 0.7548776662);
      return {
        truth: null,
        answer: {
          kind: "reconstruction",
          metrics: {
            MAE: error,
            RMSE: 1.3 * error,
            PSNR: -20 * Math.log10(1.3 * error),
            SSIM: 1 - 4 * error,
          },
        },
      };
    },
    { splits: 1, ...choice },
  );

export const resultsWelcome = (texts: Readonly<Record<string, string>> = {}): ToResults => ({
  kind: "welcome",
  maps: MAPS,
  name: "maps_demo",
  group: "test",
  texts,
});
