/** The answers of a group as the reports know them, from the columns in which they came. */
import type { Given, SessionAnswer } from "../../../src/report/results/groupResults";
import type { PackedAnswers, ShownGroup } from "../messages";

/** One for each entry of `answers`, in their order. */
export function unpackAnswers(
  { task, classes, figures, rows }: Pick<ShownGroup, "task" | "classes" | "figures" | "rows">,
  answers: PackedAnswers,
): readonly SessionAnswer[] {
  const given = (entry: number): Given => {
    switch (task) {
      case "classification": {
        const probabilities = answers.values.subarray(entry * classes.length, (entry + 1) * classes.length);
        const known = classes.length > 0 && !Number.isNaN(probabilities[0]!);
        return {
          kind: "class",
          predicted: answers.predicted[entry]!,
          probabilities: known ? [...probabilities] : null,
        };
      }
      case "regression":
        return { kind: "value", value: answers.values[entry]! };
      case "reconstruction":
        return {
          kind: "reconstruction",
          metrics: Object.fromEntries(
            figures.map((name, i) => [name, answers.values[entry * figures.length + i]!]),
          ),
        };
    }
  };
  return Array.from(answers.rows, (row, entry) => {
    const truth = rows.truth[row]!;
    const split = answers.splits[entry]!;
    return {
      participantId: rows.participants[row]!,
      sessionId: rows.sessions[row]!,
      cohort: rows.cohorts[row] ?? null,
      split: split < 0 ? null : split,
      truth: Number.isNaN(truth) ? null : truth,
      answer: given(entry),
    };
  });
}
