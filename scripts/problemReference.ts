/** docs/problems.md: every problem that Gyrus tells of, from the table of them. */
import { AUDIT_PROBLEMS } from "../src/experiment/problems/audit";
import { EXPERIMENT_PROBLEMS } from "../src/experiment/problems/experiment";
import { GROUP_PROBLEMS } from "../src/experiment/problems/groups";
import { IMAGE_PROBLEMS } from "../src/experiment/problems/images";
import { MAPS_PROBLEMS } from "../src/experiment/problems/maps";
import { PEOPLE_PROBLEMS } from "../src/experiment/problems/people";
import { PROGRAM_PROBLEMS } from "../src/experiment/problems/program";
import { RUN_PROBLEMS } from "../src/experiment/problems/runs";
import { SPLIT_PROBLEMS } from "../src/experiment/problems/splits";
import { TABLE_PROBLEMS } from "../src/experiment/problems/tables";
import type { ProblemWords } from "../src/experiment/problems/words";

const CHAPTERS: readonly (readonly [title: string, table: Readonly<Record<string, ProblemWords>>])[] = [
  ["The experiment file", EXPERIMENT_PROBLEMS],
  ["Tables", TABLE_PROBLEMS],
  ["New splits", SPLIT_PROBLEMS],
  ["People", PEOPLE_PROBLEMS],
  ["Images", IMAGE_PROBLEMS],
  ["Audit", AUDIT_PROBLEMS],
  ["MAPS", MAPS_PROBLEMS],
  ["Data groups", GROUP_PROBLEMS],
  ["Runs", RUN_PROBLEMS],
  ["Commands", PROGRAM_PROBLEMS],
];

/** The page, in Markdown. */
export function problemReference(): string {
  return `${[
    "# Problems",
    "",
    "<!-- Written by `npm run docs` from the tables in src/experiment/problems. -->",
    "",
    `Gyrus refuses bad input before the first epoch, all its problems at once, each with its place and what`,
    "to do. With `--json` a command prints them with a `code`, by which programs can decide: a code keeps its meaning from version",
    "to version, a sentence does not. `{...}` stands for a value, `[...]` for words that are left out where there is none.",
    ...CHAPTERS.flatMap(([title, table]) => ["", `## ${title}`, ...Object.entries(table).flatMap(entry)]),
  ].join("\n")}\n`;
}

const entry = ([code, { message, remedy }]: [string, ProblemWords]) => [
  "",
  `### \`${code}\``,
  "",
  remedy === "" ? escaped(message) : `${escaped(message)} _${escaped(remedy)}_`,
];

/** As it is said of several: "{count} scans stand" for `{count} {count|scan stands|scans stand}`. */
const ofSeveral = (text: string) => text.replace(/\{\w+\|[^{}|]*\|([^{}|]*)\}/g, "$1");

/** Angle brackets would be tags, and asterisks emphasis, outside of code. */
const escaped = (text: string) =>
  ofSeveral(text)
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replace(/[<>*_[\]]/g, "\\$&")))
    .join("");
