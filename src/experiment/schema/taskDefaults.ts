/** What an experiment takes where it says nothing depends on its task: in words, for the descriptions of the keys. */
import { TASK_NAMES } from "../../statistics/task";
import { TASKS, type TaskDefinition } from "../tasks";

/** "`diagnosis` for classification, `age` for regression": tasks with one default together, those without one left out. */
export function defaultsByTask(key: keyof TaskDefinition<string>): string {
  const defaults = TASK_NAMES.map((task) => inWords(TASKS[task][key]));
  const tasksOf = (words: string) => TASK_NAMES.filter((_, place) => defaults[place] === words);
  return [...new Set(defaults)]
    .flatMap((words) => (words === null ? [] : [`${words} for ${tasksOf(words).join(" and ")}`]))
    .join(", ");
}

function inWords(value: string | readonly string[] | null): string | null {
  if (value === null) return null;
  return [value]
    .flat()
    .map((name) => `\`${name}\``)
    .join(" and ");
}
