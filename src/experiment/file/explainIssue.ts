/** What zod found wrong with a value, as a problem for the user: the key, its value, what is allowed. */
import type { z } from "zod";
import { nearestName } from "../../network/nearestName";
import { problem } from "../problems/makeProblem";
import { either, phrase, phraseText } from "../problems/phrases";
import type { Problem } from "../problems/problem";
import type { Phrase } from "../problems/words";

type Issue = z.core.$ZodIssue;
type Choices = readonly z.core.util.Primitive[] | undefined;

/** Each of them stops the run: who has mended so many sees the next. */
const MOST_TOLD = 1000;

/** @param value what the schema was given, of which `issues` speak */
export function explainIssues(issues: readonly Issue[], value: unknown, file: string): Problem[] {
  return issues.slice(0, MOST_TOLD).flatMap((issue) => explain(issue, value, [], file));
}

function explain(issue: Issue, root: unknown, prefix: readonly PropertyKey[], file: string): Problem[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === "invalid_union") {
    const inner = innerIssues(issue);
    if (inner !== null) return inner.flatMap((one) => explain(one, root, path, file));
  }
  const where = path.map(String).join(".");
  const value = valueAt(root, path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, MOST_TOLD)
      .map((key) =>
        problem("key.not-known-here", { file, where: [...path, key].map(String).join(".") }, { key }),
      );
  }
  if (value === undefined) {
    return [problem("key.missing", { file, where }, { key: where, allowed: allowed(issue) })];
  }
  const unquoted = inQuotes(value, issue);
  const choices = choicesOf(issue);
  const meant = typeof value === "string" ? nearestName(value, choices) : undefined;
  const named = meant === undefined ? choices : [meant, ...choices.filter((choice) => choice !== meant)];
  const values = unquoted === null ? named : [unquoted];
  return [
    problem(
      "key.value",
      { file, where, instead: values.length === 0 ? undefined : { values } },
      { key: where, value: JSON.stringify(value), allowed: allowed(issue), meant },
    ),
  ];
}

/** The number or the switch that was put in quotes ("1e-4"), or null. */
function inQuotes(value: unknown, issue: Issue): number | boolean | null {
  if (typeof value !== "string" || issue.code !== "invalid_type") return null;
  if (issue.expected === "boolean") return value === "true" ? true : value === "false" ? false : null;
  if (issue.expected !== "number" && issue.expected !== "int") return null;
  const number = Number(value.replace(",", "."));
  return value.trim() === "" || !Number.isFinite(number) ? null : number;
}

/** Of a value that may have several forms: the issues of the form that it comes closest to, or null when it has none of them. */
function innerIssues(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | null {
  const branches = issue.errors.filter((branch) => branch.every((inner) => !isAboutTheValueItself(inner)));
  const fewest = Math.min(...branches.map(({ length }) => length));
  return branches.find(({ length }) => length === fewest) ?? null;
}

function isAboutTheValueItself(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code !== "unrecognized_keys" && !isBound(issue);
}

function isBound(issue: Issue): boolean {
  return issue.code === "too_small" || issue.code === "too_big";
}

function allowed(issue: Issue): string | Phrase {
  switch (issue.code) {
    case "invalid_type":
      return typeName(issue.expected);
    case "invalid_value":
      return either(quoted(issue.values));
    case "too_small":
      return bound(
        issue.origin,
        issue.inclusive === false ? ["above", "list-above"] : ["at-least", "list-at-least"],
        Number(issue.minimum),
      );
    case "too_big":
      return bound(
        issue.origin,
        issue.inclusive === false ? ["below", "list-below"] : ["at-most", "list-at-most"],
        Number(issue.maximum),
      );
    case "invalid_union":
      return either("options" in issue ? quoted(issue.options) : different(issue.errors.flat().map(allowed)));
    default:
      return issue.message;
  }
}

/** Phrases that say the same count once. */
function different(choices: readonly (string | Phrase)[]): (string | Phrase)[] {
  const textOf = (choice: string | Phrase) => (typeof choice === "string" ? choice : phraseText(choice));
  return [...new Map(choices.map((choice) => [textOf(choice), choice])).values()];
}

function typeName(expected: string): Phrase {
  switch (expected) {
    case "int":
      return phrase("whole-number");
    case "number":
      return phrase("number");
    case "string":
      return phrase("text");
    case "boolean":
      return phrase("true-or-false");
    case "array":
      return phrase("list");
    case "null":
      return phrase("null");
    default:
      return phrase("object");
  }
}

type Bound = "above" | "at-least" | "below" | "at-most";

function bound(origin: string, [plain, ofList]: readonly [Bound, `list-${Bound}`], limit: number): Phrase {
  switch (origin) {
    case "array":
      return phrase(ofList, { limit });
    case "string":
      return phrase("filled-text");
    default:
      return phrase(plain, { limit });
  }
}

function quoted(choices: Choices): string[] {
  return choices?.map((choice) => (typeof choice === "string" ? `"${choice}"` : String(choice))) ?? [];
}

/** The words that a value may be. */
function choicesOf(issue: Issue): readonly string[] {
  switch (issue.code) {
    case "invalid_value":
      return issue.values.filter((choice) => typeof choice === "string");
    case "invalid_union":
      return "options" in issue
        ? (issue.options ?? []).filter((choice) => typeof choice === "string")
        : issue.errors.flat().flatMap(choicesOf);
    default:
      return [];
  }
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
