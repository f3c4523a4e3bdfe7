/** Makes one problem of many that have one cause: a fault of an export stands in every row of a table. */
import { basename } from "node:path";
import { withHint } from "./makeProblem";
import { phrase } from "./phrases";
import type { Problem } from "./problem";
import { some } from "./some";

/** Of problems of rows and of images those with the same code become the first of them, with the number of the others and a few of their names. */
export function oneLineACause(problems: readonly Problem[]): Problem[] {
  const alike = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (!isOfOne(problem)) continue;
    const known = alike.get(causeOf(problem));
    if (known === undefined) alike.set(causeOf(problem), [problem]);
    else known.push(problem);
  }
  return problems.flatMap((problem) => {
    if (!isOfOne(problem)) return [problem];
    const others = alike.get(causeOf(problem))?.filter((other) => other !== problem);
    if (others === undefined) return [];
    // Told now, with all that are alike.
    alike.delete(causeOf(problem));
    if (others.length === 0) return [problem];
    const names = some([...new Set(others.map(nameOf))]);
    return [withHint(phrase("alike", { count: others.length, names }), problem)];
  });
}

const causeOf = ({ severity, code }: Problem) => `${severity}\t${code}`;

/** Of one row, or one image. */
const isOfOne = ({ where, said: { subject, hint } }: Problem) =>
  hint === undefined && (subject !== undefined || isRow(where));

/** The first row is the header: its problems are about columns. */
const isRow = (where: string | undefined) =>
  where !== undefined && where !== "row 1" && /^row \d+$/.test(where);

function nameOf({ file = "", where = "", said: { subject, values } }: Problem): string {
  if (subject !== undefined) return subject;
  return typeof values.session === "string" ? values.session : `${basename(file)} ${where}`;
}
