/** The steps that make labels and splits from a table: what is predicted, which sets, who stays together, and a look at them. */
import { basename } from "node:path";
import { l10n, type QuickPickItem, QuickPickItemKind } from "vscode";
import { SPLIT_CHOICES } from "../../../data/splits/choices";
import type { ColumnValues } from "../../../data/splits/labelClasses";
import type { StudyTable } from "../../../data/splits/studyTable";
import type { Task } from "../../../statistics/task";
import type { Gyrus } from "../../gyrus";
import { counted } from "../../language";
import { ask, BACK, choose, chooseMany, type Place, SKIP, type Step } from "../steps";
import { askClasses, askMergedClasses } from "./askClasses";
import { showSplits } from "./showSplits";
import type { SplitAnswers } from "./splitAnswers";
import { columnsOf, MOST_VALUES } from "./studyColumns";

/** Names of columns that are likely to be predicted, and those of families, scanners and sites. */
const LABELS = /^(diagnosis|dx\d?|group|label|class|status|condition|age)(_.*)?$/i;
const TOGETHER = /famil|household|twin|sibling|scanner|station/i;
const SITES = /^(site|site_?id|cent(er|re)|institution.*|data_?set|study|scanner.*|hospital)$/i;

export function splitSteps(gyrus: Gyrus): readonly Step<SplitAnswers>[] {
  return [askLabel, askClasses, askMergedClasses, askSets, askCare, showSplits(gyrus)];
}

const people = ({ table }: StudyTable) => new Set(table.rows.map(({ values }) => values.participant_id)).size;

const isTask = (task: Task | undefined, { values, isNumber }: ColumnValues): boolean =>
  task === "regression"
    ? isNumber || (values.length > 2 && values.every(({ value }) => Number.isFinite(Number(value))))
    : values.length > 1 && !isNumber;

const askLabel: Step<SplitAnswers> = async ({ task, study }, place) => {
  if (!study || task === "reconstruction") return SKIP;
  const all = people(study);
  const found = columnsOf(study)
    // What is another of everybody names people, and predicts nothing.
    .filter((column) => isTask(task, column) && (task === "regression" || column.values.length < all))
    .sort((a, b) => Number(LABELS.test(b.column)) - Number(LABELS.test(a.column)));
  const items = found.map((column) => ({
    label: column.column,
    description: valuesText(column, task),
    ...(column.unknown === 0
      ? {}
      : { detail: counted("not known of {0} {0|person|people}", column.unknown) }),
    column,
  }));
  const question = l10n.t("What is predicted? {0} has these columns.", basename(study.table.file));
  const picked = await choose(place, question, items);
  return picked === undefined || picked === BACK ? picked : { label: picked.label };
};

const MOST_SHOWN = 6;

function valuesText({ values, isNumber }: ColumnValues, task: Task | undefined): string {
  if (task === "regression" || isNumber) {
    const numbers = values.map(({ value }) => Number(value));
    return l10n.t("{0} to {1}", Math.min(...numbers), Math.max(...numbers));
  }
  const shown = values.slice(0, MOST_SHOWN).map((one) => `${one.value} ${one.people}`);
  return [...shown, ...(values.length > MOST_SHOWN ? ["…"] : [])].join(", ");
}

interface SetsItem extends QuickPickItem {
  readonly sets: SplitAnswers["sets"] | "other";
}

const askSets: Step<SplitAnswers> = async ({ study }, place) => {
  if (!study) return SKIP;
  const folds = (count: number) => ({ kind: "folds", folds: count }) as const;
  const { test } = SPLIT_CHOICES;
  const apart = l10n.t("A fifth of the people is set apart for the end.");
  const nobody = l10n.t("Nobody is set apart for the end.");
  const sites = columnsOf(study).filter(
    ({ column, values }) => SITES.test(column) && values.length > 1 && values.length <= MOST_VALUES,
  );
  const items: SetsItem[] = [
    { label: l10n.t("5 folds and a test set"), detail: apart, sets: { test, validation: folds(5) } },
    { label: l10n.t("5 folds"), detail: nobody, sets: { test: 0, validation: folds(5) } },
    { label: l10n.t("10 folds and a test set"), detail: apart, sets: { test, validation: folds(10) } },
    {
      label: l10n.t("One split and a test set"),
      detail: `${l10n.t("A fifth validates.")} ${apart}`,
      sets: { test, validation: { kind: "share", share: 0.25 } },
    },
    ...sites.map(({ column, values }) => ({
      label: l10n.t("Leave one {0} out", column),
      description: values.map(({ value, people: count }) => `${value} ${count}`).join(", "),
      detail: counted(
        "{0} {0|split|splits}: each value validates once, and has not trained. Nobody is set apart.",
        values.length,
      ),
      sets: { test: 0, validation: { kind: "leave-one-out", column } as const },
    })),
    { label: l10n.t("Other numbers…"), sets: "other" },
  ];
  const picked = await choose(place, l10n.t("Who trains, who validates, who waits?"), items);
  if (picked === undefined || picked === BACK) return picked;
  return picked.sets === "other" ? await askNumbers(place) : { sets: picked.sets };
};

/** Two numbers in one line: folds, and the share that is set apart. */
async function askNumbers(place: Place): Promise<Pick<SplitAnswers, "sets"> | typeof BACK | undefined> {
  const read = (text: string) => /^\s*(\d+)\s*[,; ]\s*(\d+)\s*%?\s*$/.exec(text)?.slice(1).map(Number) ?? [];
  const prompt = l10n.t("Number of folds, and percent of the people who are set apart: 5, 20");
  const text = await ask(place, prompt, "5, 20", (typed) => {
    const [folds = 0, percent = 100] = read(typed);
    return folds < 2 || percent > 90
      ? l10n.t("Two folds at least, and 90 percent at most: 5, 20")
      : undefined;
  });
  if (typeof text !== "string") return text;
  const [folds = 0, percent = 0] = read(text);
  return { sets: { test: percent / 100, validation: { kind: "folds", folds } } };
}

interface CareItem extends QuickPickItem {
  readonly keepTogether?: string;
  readonly stratify?: string;
  readonly firstOnly?: true;
}

const askCare: Step<SplitAnswers> = async ({ study, label, sets }, place) => {
  if (!study) return SKIP;
  const all = people(study);
  const left = sets?.validation.kind === "leave-one-out" ? sets.validation.column : undefined;
  const columns = columnsOf(study).filter(({ column }) => column !== label && column !== left);
  const together = columns
    .filter(({ values }) => values.length > 1 && values.length < all)
    .sort((a, b) => Number(TOGETHER.test(b.column)) - Number(TOGETHER.test(a.column)));
  const alike = columns
    .filter(({ values, isNumber }) => values.length > 1 && (isNumber || values.length <= MOST_VALUES))
    .sort((a, b) => Number(SITES.test(b.column)) - Number(SITES.test(a.column)));
  const several = study.table.rows.length > all;
  const heading = (text: string): CareItem => ({ label: text, kind: QuickPickItemKind.Separator });
  const items: CareItem[] = [
    ...(alike.length === 0 ? [] : [heading(l10n.t("All sets alike in"))]),
    ...alike.map(({ column, values }) => ({
      label: l10n.t("alike in {0}", column),
      description: counted("{0} {0|value|values}", values.length),
      picked: SITES.test(column) && !TOGETHER.test(column),
      stratify: column,
    })),
    ...(together.length === 0 ? [] : [heading(l10n.t("In one set, besides all sessions of a person"))]),
    ...together.map(({ column, values }) => ({
      label: l10n.t("same {0} together", column),
      description: counted("{0} {0|value|values}", values.length),
      picked: /famil|household|twin/i.test(column),
      keepTogether: column,
    })),
    ...(several
      ? [heading(l10n.t("Sessions")), { label: l10n.t("first sessions only"), firstOnly: true } as const]
      : []),
  ];
  if (items.length === 0) return { care: { keepTogether: [], stratify: [], sessions: "all" } };
  const picked = await chooseMany(
    place,
    l10n.t("In what are all sets alike, and who stays together?"),
    items,
  );
  if (picked === undefined || picked === BACK) return picked;
  return {
    care: {
      keepTogether: picked.flatMap(({ keepTogether }) => keepTogether ?? []),
      stratify: picked.flatMap(({ stratify }) => stratify ?? []),
      sessions: picked.some(({ firstOnly }) => firstOnly) ? "baseline" : "all",
    },
  };
};
