/** The steps that ask which values of the label are classes, and which of them are one. */
import { l10n, type QuickPickItem, ThemeIcon } from "vscode";
import { type ColumnValues, valuesOf } from "../../../data/splits/labelClasses";
import { type ClassValues, mergeClasses, peopleOfClass } from "../../../data/splits/mergeClasses";
import { counted } from "../../language";
import { BACK, choose, chooseMany, type Place, SKIP, type Step } from "../steps";
import type { SplitAnswers } from "./splitAnswers";

export const askClasses: Step<SplitAnswers> = async ({ task, study, label }, place) => {
  if (!study || task !== "classification" || label === undefined) return SKIP;
  const items = valuesOf(study.table, label).values.map(({ value, people }) => ({
    label: value,
    description: peopleText(people),
    picked: true,
  }));
  const check = (chosen: readonly QuickPickItem[]) =>
    chosen.length < 2 ? l10n.t("tick two at least") : undefined;
  const picked = await chooseMany(place, l10n.t("Which values are classes?"), items, check);
  if (picked === undefined || picked === BACK) return picked;
  return { classes: picked.map(({ label: value }) => [value]).sort() };
};

/** Of two values nothing can be merged: they are the classes. */
export const askMergedClasses: Step<SplitAnswers> = async ({ study, label, classes }, place) => {
  if (!study || !classes || label === undefined || classes.length < 3) return SKIP;
  const column = valuesOf(study.table, label);
  const apart = classes.flat().map((value) => [value]);
  let now: readonly ClassValues[] = classes;
  for (;;) {
    const picked = await choose<Item>(place, l10n.t("Is each value a class?"), itemsOf(now, apart, column));
    if (picked === undefined || picked === BACK) return picked;
    switch (picked.answer) {
      case "take":
        return { classes: now };
      case "apart":
        now = apart;
        break;
      case "merge": {
        const merged = await askWhich(place, now, column);
        if (merged === undefined) return undefined;
        if (merged !== BACK) now = merged;
      }
    }
  }
};

interface Item extends QuickPickItem {
  readonly answer: "take" | "merge" | "apart";
}

function itemsOf(
  now: readonly ClassValues[],
  apart: readonly ClassValues[],
  column: ColumnValues,
): readonly Item[] {
  return [
    {
      label: counted("{0} {0|class|classes}", now.length),
      detail: now.map((values) => `${nameOf(values)} ${peopleOfClass(values, column)}`).join(", "),
      iconPath: new ThemeIcon("check"),
      answer: "take",
    },
    ...(now.length < 3
      ? []
      : [
          {
            label: l10n.t("Make one class of several…"),
            iconPath: new ThemeIcon("combine"),
            answer: "merge",
          } as const,
        ]),
    ...(now.length === apart.length
      ? []
      : [
          {
            label: l10n.t("Each value a class"),
            iconPath: new ThemeIcon("discard"),
            answer: "apart",
          } as const,
        ]),
  ];
}

/** The classes with those merged that are ticked. */
async function askWhich(
  place: Place,
  now: readonly ClassValues[],
  column: ColumnValues,
): Promise<readonly ClassValues[] | typeof BACK | undefined> {
  const items = now.map((values, at) => ({
    label: nameOf(values),
    description: peopleText(peopleOfClass(values, column)),
    at,
  }));
  const check = ({ length }: { readonly length: number }) => {
    if (length < 2) return l10n.t("tick two at least");
    return length === items.length ? l10n.t("leave one class besides") : undefined;
  };
  // The first step of a form has no way back: this question always has one, to that before it.
  const inside = { ...place, step: Math.max(2, place.step) };
  const picked = await chooseMany(inside, l10n.t("Which of them are one class?"), items, check);
  if (picked === undefined || picked === BACK) return picked;
  return mergeClasses(
    now,
    picked.map(({ at }) => at),
  );
}

const nameOf = (values: ClassValues) => values.join(" + ");
const peopleText = (count: number) => counted("{0} {0|person|people}", count);
