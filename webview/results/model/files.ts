/** The tables of the panel as files: all digits, one row a line, the words of the field and not of the reader's language. */
import type { SessionAnswer } from "../../../src/report/results/groupResults";
import type { Measure } from "../../../src/report/results/measures";
import { isUndefined } from "../../../src/statistics/figure";
import type { Share } from "../../../src/statistics/intervals/proportion";
import type { ShownGroup } from "../messages";
import type { Listed } from "./peopleList";
import type { ShownAnswers } from "./shownAnswers";

type FileRows = readonly (readonly string[])[];

export const figuresFile = (
  figures: readonly Measure[],
  classes: readonly string[],
  shares: Readonly<Record<string, Share>> = {},
): FileRows => [
  ["figure", "class", "value", "lower", "upper", "level", "method", "count", "of"],
  ...figures.map(({ name, code, value, interval }) => {
    const limits = interval === null || isUndefined(interval) ? null : interval;
    const share = code === null ? shares[name] : undefined;
    return [
      name,
      code === null ? "" : (classes[code] ?? String(code)),
      isUndefined(value) ? `undefined: ${value.undefinedBecause}` : String(value),
      String(limits?.lower ?? ""),
      String(limits?.upper ?? ""),
      String(limits?.level ?? ""),
      limits?.method ?? "",
      String(share?.count ?? ""),
      String(share?.of ?? ""),
    ];
  }),
];

export function subgroupsFile(
  column: string,
  rows: readonly {
    readonly name: string;
    readonly people: number;
    readonly figures: readonly Measure[];
  }[],
): FileRows {
  const [head = [], ...none] = figuresFile([], []);
  return [
    [column, "people", ...head],
    ...none,
    ...rows.flatMap(({ name, people, figures }) =>
      figuresFile(figures, [])
        .slice(1)
        .map((cells) => [name, String(people), ...cells]),
    ),
  ];
}

/** Who was answered what, in the order of the list, with the answer of each split. */
export function peopleFile(
  group: ShownGroup,
  listed: readonly Listed[],
  shown: ShownAnswers,
  splits: readonly ShownAnswers[],
): FileRows {
  const { classes, figures, rows } = group;
  const names = valueNames(group.task, classes, figures);
  const others = splits.filter(({ packed }) => packed.id !== shown.packed.id);
  const entries = others.map(
    ({ packed }) => new Map(Array.from(packed.rows, (row, entry) => [row, entry] as const)),
  );
  return [
    [
      "participant_id",
      "session_id",
      ...(group.task === "reconstruction" ? [] : ["true_label"]),
      ...names,
      ...others.flatMap(({ packed }) => names.map((name) => `${packed.id}:${name}`)),
      ...rows.columns.map(({ name }) => name),
    ],
    ...listed.map(({ row, session }) => [
      session.participantId,
      session.sessionId,
      ...(group.task === "reconstruction" ? [] : [truthText(session.truth, group)]),
      ...valueTexts(session, group),
      ...others.flatMap((other, i) => valueTexts(other.sessions[entries[i]!.get(row) ?? -1], group)),
      ...rows.columns.map(({ values }) => values[row]!),
    ]),
  ];
}

function valueNames(task: ShownGroup["task"], classes: readonly string[], figures: readonly string[]) {
  switch (task) {
    case "classification":
      return ["predicted_label", ...classes.map((name) => `probability_${name}`)];
    case "regression":
      return ["predicted_label"];
    case "reconstruction":
      return [...figures];
  }
}

const truthText = (truth: number | null, { task, classes }: ShownGroup) =>
  truth === null ? "" : task === "classification" ? (classes[truth] ?? String(truth)) : String(truth);

function valueTexts(
  session: SessionAnswer | undefined,
  { task, classes, figures }: ShownGroup,
): readonly string[] {
  if (session === undefined) return valueNames(task, classes, figures).map(() => "");
  const { answer } = session;
  switch (answer.kind) {
    case "class":
      return [
        classes[answer.predicted] ?? String(answer.predicted),
        ...classes.map((_, code) => String(answer.probabilities?.[code] ?? "")),
      ];
    case "value":
      return [String(answer.value)];
    case "reconstruction":
      return figures.map((name) => String(answer.metrics[name] ?? ""));
  }
}
