/** New splits in words and as a table, before anything is written. */
import type { SplitChoices } from "../../data/splits/choices";
import type { SplitPlan } from "../../data/splits/makeSplits";
import type { ColumnBalance, SetBalance } from "../../data/splits/setBalance";
import { leftOutPhrase } from "../../experiment/flowWords";
import type { Phrase } from "../../experiment/problems/words";
import { pText } from "../results/resultsWords";
import { splitsPhrase } from "./splitsWords";

/** Who is in them, who is set apart, how the rest is split, who was left out: a sentence each. */
export function splitsSentences(plan: SplitPlan, { validation }: SplitChoices): readonly Phrase[] {
  const { people, classNames, groups, test, splits, leftOut } = plan;
  const [first] = splits;
  const classes = classNames.map((name) =>
    splitsPhrase("of-class", { name, people: people.filter(({ className }) => className === name).length }),
  );
  const sessions = people.reduce((sum, { rows }) => sum + rows.length, 0);
  const together = groups === people.length ? null : groups;
  return [
    splitsPhrase("who-is-in", { people: people.length, sessions, groups: together, classes }),
    ...(test.length === 0 ? [] : [splitsPhrase("set-apart", { people: test.length })]),
    validation.kind === "leave-one-out"
      ? splitsPhrase("values-validate", { splits: splits.length, column: validation.column })
      : validation.kind === "folds"
        ? splitsPhrase("all-validate", { splits: splits.length })
        : splitsPhrase("one-validates", {
            validation: first?.validation.length ?? 0,
            train: first?.train.length ?? 0,
          }),
    ...leftOut.map(leftOutPhrase),
  ];
}

type Cell = string | Phrase;

export interface BalanceTable {
  readonly header: readonly Cell[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column a set, the first for what is compared, the second for everybody. */
export function balanceTable({ sets, columns }: SetBalance, people: number): BalanceTable {
  const names = sets.map(({ split, leftOut }) => {
    if (split === null) return splitsPhrase("test");
    return leftOut === null
      ? splitsPhrase("split", { split })
      : splitsPhrase("split-leaving", { split, value: leftOut });
  });
  return {
    header: ["", splitsPhrase("everybody"), ...names],
    rows: [
      [splitsPhrase("people"), String(people), ...sets.map((set) => String(set.people))],
      ...columns.flatMap(rowsOf),
    ],
  };
}

function rowsOf(balance: ColumnBalance): readonly (readonly Cell[])[] {
  const { column, unknown, sets } = balance;
  const number = (value: number | null) => (value === null ? "" : value.toFixed(2));
  const differences = [
    [
      splitsPhrase(balance.kind === "number" ? "d-of" : "v-of", { column }),
      "",
      ...sets.map(({ difference }) => number(difference.effect)),
    ],
    [
      splitsPhrase("p-of", { column }),
      "",
      ...sets.map(({ difference: { p } }) => (p === null ? "" : pText(p))),
    ],
  ];
  const summaries =
    balance.kind === "number"
      ? [
          [
            splitsPhrase("mean-of", { column }),
            ...[balance.all, ...balance.sets].map(({ mean, deviation }) =>
              mean === null
                ? ""
                : `${mean.toFixed(1)}${deviation === null ? "" : ` (${deviation.toFixed(1)})`}`,
            ),
          ],
        ]
      : balance.values.map((value, i) => [
          splitsPhrase("value-of", { column, value }),
          ...[balance.all, ...balance.sets].map(({ counts }) => String(counts[i] ?? 0)),
        ]);
  return [
    ...summaries,
    ...(unknown === 0 ? [] : [[splitsPhrase("unknown", { column }), String(unknown)]]),
    ...differences,
  ];
}
