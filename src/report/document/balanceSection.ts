/**
 * Whether the classes of a group differ in anything but the disease: the table that a paper begins with. p and effect size are true ones, of
 * people; a network can learn whatever differs.
 */
import { type Figure, isUndefined, mapFigure } from "../../statistics/figure";
import { type BalanceOfNumbers, balanceOfNumbers, balanceOfValues } from "../../statistics/groups/balance";
import type { Traits } from "../reading/readTraits";
import type { GroupResults, SessionAnswer } from "../results/groupResults";
import { byPerson } from "../results/people";
import { figureText, pText, resultsPhrase } from "../results/resultsWords";
import { type Block, say, type Text } from "./reportDocument";
import { reportPhrase } from "./reportWords";
import { headlineSet } from "./resultsSection";
import { isCommonTrait, MOST_SUBGROUPS } from "./subgroupSection";

/** A chi-squared of fewer expected people is no test: Fisher's stands for it where the table is two by two. */
const LEAST_EXPECTED = 5;

/** Nothing where there are no classes, or no table says anything of the people. */
export function balanceBlocks(
  found: GroupResults | undefined,
  traitsOf: (session: SessionAnswer) => Traits,
): readonly Block[] {
  const set = found === undefined ? undefined : headlineSet(found);
  if (found === undefined || set === undefined || found.classes.length < 2) return [];
  const people = byPerson(set.sessions).people.filter(({ truth }) => truth !== null);
  const classes = people.map(({ truth }) => found.classes[truth!] ?? String(truth));
  const traits = people.map(({ sessions }) => traitsOf(sessions[0]!));
  const columns = [...new Set(traits.flatMap(Object.keys))].filter(
    (name) => isCommonTrait(name) && name !== found.label,
  );
  const rows = columns.flatMap((column) => {
    const cells = traits.map((one) => one[column] ?? "");
    const row = traitRow(column, found.classes, classes, cells);
    return row === null ? [] : [row];
  });
  if (rows.length === 0) return [];
  const head = [
    reportPhrase("trait"),
    ...found.classes,
    reportPhrase("unknown"),
    resultsPhrase("test"),
    resultsPhrase("p"),
    reportPhrase("effect"),
  ];
  return [
    say(reportPhrase("balance-note", { group: found.group })),
    { kind: "table", head, rows },
    say(reportPhrase("balance-ps")),
  ];
}

/** Null where the values are neither measures nor few kinds. */
function traitRow(
  column: string,
  names: readonly string[],
  classes: readonly string[],
  cells: readonly string[],
): readonly Text[] | null {
  const given = new Set(cells.filter((cell) => cell !== ""));
  if (given.size < 2) return null;
  const areNumbers = [...given].every((cell) => Number.isFinite(Number(cell)));
  if (areNumbers && given.size > 2) {
    const values = cells.map((cell) => (cell === "" ? Number.NaN : Number(cell)));
    return numberRow(column, balanceOfNumbers(names, classes, values));
  }
  return given.size > MOST_SUBGROUPS ? null : valueRow(column, names, classes, cells);
}

function numberRow(column: string, { groups, pair, anova }: BalanceOfNumbers): readonly Text[] {
  const missing = groups.reduce((sum, group) => sum + group.missing, 0);
  const [test, p, effect]: readonly [Text, Figure, Text] =
    pair === null
      ? [
          "ANOVA",
          mapFigure(anova, (found) => found.p),
          effectText(
            "eta²",
            mapFigure(anova, (found) => found.etaSquared),
          ),
        ]
      : ["Welch", mapFigure(pair.welch, (found) => found.p), effectText("SMD", pair.standardisedDifference)];
  return [
    column,
    ...groups.map(({ mean, deviation }) =>
      isUndefined(mean)
        ? resultsPhrase("undefined")
        : `${figureText(mean)}${isUndefined(deviation) ? "" : ` ± ${figureText(deviation)}`}`,
    ),
    String(missing),
    test,
    pOf(p),
    effect,
  ];
}

function valueRow(
  column: string,
  names: readonly string[],
  classes: readonly string[],
  cells: readonly string[],
): readonly Text[] {
  const { groups, values, table, chiSquared, fisher, smallestExpected, cramersV } = balanceOfValues(
    names,
    classes,
    cells,
  );
  const missing = groups.reduce((sum, group) => sum + group.missing, 0);
  const few = isUndefined(smallestExpected) || smallestExpected < LEAST_EXPECTED;
  const counts = table.map((row) => values.map((value, j) => `${value} ${row[j]}`).join(", "));
  const [test, p]: readonly [Text, Figure] =
    few && fisher !== null
      ? [reportPhrase("fisher-exact"), fisher]
      : [reportPhrase(few ? "chi-squared-few" : "chi-squared"), mapFigure(chiSquared, (found) => found.p)];
  return [column, ...counts, String(missing), test, pOf(p), effectText("V", cramersV)];
}

const pOf = (p: Figure): Text => (isUndefined(p) ? resultsPhrase("undefined") : pText(p));

const effectText = (name: string, effect: Figure): Text =>
  isUndefined(effect) ? resultsPhrase("undefined") : `${name} ${figureText(effect)}`;
