/** The step that makes the splits, shows how alike they are on a page, and asks whether they shall be. */
import { basename } from "node:path";
import { l10n } from "vscode";
import { SPLIT_CHOICES, type SplitChoices } from "../../../data/splits/choices";
import type { StudyTable } from "../../../data/splits/studyTable";
import { InputError } from "../../../experiment/problems/problem";
import type { Gyrus } from "../../gyrus";
import { BACK, choose, type Place, SKIP, type Step } from "../steps";
import type { MadeSplits, SplitAnswers } from "./splitAnswers";
import { splitsPage, unmakablePage } from "./splitsPage";
import { columnsOf, isShown } from "./studyColumns";

export const showSplits =
  (gyrus: Gyrus): Step<SplitAnswers> =>
  async (answers, place) => {
    const { study } = answers;
    if (!study) return SKIP;
    for (let seed: number = SPLIT_CHOICES.seed; ; seed++) {
      const choices = choicesOf(answers, seed);
      const made = choices && (await tryToMake(gyrus, study, choices));
      const answer = made === null ? await tellWhyNot(place) : await askWhether(place, seed);
      if (answer !== "draw" && answer !== "take") return answer;
      if (answer === "take" && made !== null) return { made };
    }
  };

/** Null before all is asked. */
function choicesOf(answers: Partial<SplitAnswers>, seed: number): SplitChoices | null {
  const { task, label = null, classes = null, sets, care } = answers;
  if (!sets || !care) return null;
  return { label: task === "reconstruction" ? null : label, classes, ...sets, ...care, seed };
}

async function askWhether(place: Place, seed: number): Promise<"take" | "draw" | typeof BACK | undefined> {
  const items = [
    { label: l10n.t("Take these splits"), answer: "take" },
    { label: l10n.t("Draw others"), description: l10n.t("seed {0}", seed + 1), answer: "draw" },
  ] as const;
  const picked = await choose(place, l10n.t("The page shows how alike the sets are."), items);
  return picked === undefined || picked === BACK ? picked : picked.answer;
}

async function tellWhyNot(place: Place): Promise<typeof BACK | undefined> {
  const back = { label: l10n.t("Choose otherwise") };
  const picked = await choose(place, l10n.t("These splits cannot be made: the page says why."), [back]);
  return picked === undefined ? undefined : BACK;
}

/** More would be a page that nobody reads. */
const MOST_COLUMNS = 12;

/** Null where it cannot be, with the reasons on the page. */
async function tryToMake(gyrus: Gyrus, study: StudyTable, choices: SplitChoices): Promise<MadeSplits | null> {
  const { makeSplits } = await import("../../../data/splits/makeSplits");
  const { balanceOfSets, usualColumns } = await import("../../../data/splits/setBalance");
  const title = l10n.t("Splits of {0}", basename(study.table.file));
  try {
    const made = makeSplits(study.table, choices);
    const warnings = [...study.warnings, ...made.warnings];
    const plan = { ...made, leftOut: [...study.leftOut, ...made.leftOut], warnings };
    const others = columnsOf(study).filter(isShown);
    const columns = [...usualColumns(study.table.columns, choices), ...others.map(({ column }) => column)];
    const balance = balanceOfSets(plan, [...new Set(columns)].slice(0, MOST_COLUMNS));
    const splits = { plan, choices, balance, table: study.table.file };
    await gyrus.report.show(title, splitsPage(splits));
    return splits;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await gyrus.report.show(title, unmakablePage(title, error.problems));
    return null;
  }
}
