/** The filter of the run table: `conv learning_rate<1e-3 BA>=0.8 status=finished`. */
import type { ShownRun } from "../messages";
import type { RunColumn } from "./columns";

type Operator = "<=" | ">=" | "!=" | "<" | ">" | "=" | ":";

export interface Filtered {
  readonly runs: readonly ShownRun[];
  /** Names that are compared and that no column has. */
  readonly unknown: readonly string[];
}

/** Every word must be met; a text in quotes is one word. */
export function filterRuns(
  runs: readonly ShownRun[],
  filter: string,
  columns: readonly RunColumn[],
): Filtered {
  const unknown: string[] = [];
  const tests = wordsIn(filter).map((word) => testOf(word, columns, unknown));
  return { runs: runs.filter((run) => tests.every((meets) => meets(run))), unknown };
}

/** Words of letters that spaces part, but for those in quotes, also behind a comparison: `note:"low rate"`. */
const wordsIn = (filter: string): readonly string[] =>
  (filter.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []).map((word) => word.replaceAll('"', ""));

const COMPARISON = /^([^<>=!:]+)(<=|>=|!=|<|>|=|:)(.*)$/;

function testOf(word: string, columns: readonly RunColumn[], unknown: string[]): (run: ShownRun) => boolean {
  const [, name, operator, wanted] = COMPARISON.exec(word) ?? [];
  // A path of Windows and a time have colons too: what names no column is looked for as it stands.
  const column = columns.find(({ id }) => id.toLowerCase() === name?.toLowerCase());
  if (name === undefined || wanted === undefined || !isOperator(operator)) return holding(word, columns);
  if (column === undefined) {
    if (operator === ":") return holding(word, columns);
    unknown.push(name);
    return () => true;
  }
  return (run) => meets(column, run, operator, wanted);
}

const isOperator = (text: string | undefined): text is Operator =>
  text !== undefined && ["<=", ">=", "!=", "<", ">", "=", ":"].includes(text);

/** Whether a run is called, grouped, described or set as `word`. */
function holding(word: string, columns: readonly RunColumn[]): (run: ShownRun) => boolean {
  const wanted = word.toLowerCase();
  const searched = columns.filter(
    ({ kind, id }) => kind === "setting" || (kind === "run" && id !== "changed"),
  );
  return (run) =>
    run.name.toLowerCase().includes(wanted) ||
    searched.some((column) => column.say(run).toLowerCase().includes(wanted));
}

/** What has no value meets nothing but `!=`. Numbers are compared as numbers, texts without regard to capitals. */
function meets(column: RunColumn, run: ShownRun, operator: Operator, wanted: string): boolean {
  const value = column.value(run);
  const said = column.say(run).toLowerCase();
  const number = wanted.trim() === "" ? Number.NaN : Number(wanted);
  const numeric = typeof value === "number" && !Number.isNaN(number);
  switch (operator) {
    case "=":
      return numeric ? value === number : said === wanted.toLowerCase();
    case "!=":
      return numeric ? value !== number : said !== wanted.toLowerCase();
    case ":":
      return said.includes(wanted.toLowerCase());
    case "<":
      return numeric && value < number;
    case "<=":
      return numeric && value <= number;
    case ">":
      return numeric && value > number;
    case ">=":
      return numeric && value >= number;
  }
}
