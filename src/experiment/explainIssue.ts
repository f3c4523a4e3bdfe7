/** What zod found wrong with a value, as a problem for the user: the key, its value, what is allowed. */
import type { z } from "zod";
import { nearestName } from "../network/nearestName";
import type { Problem } from "./problem";

type Issue = z.core.$ZodIssue;
type Choices = readonly z.core.util.Primitive[] | undefined;

/** @param value what the schema was given, of which `issues` speak */
export function explainIssues(issues: readonly Issue[], value: unknown, file: string): Problem[] {
  return issues.flatMap((issue) => explain(issue, value, [], file));
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
    return issue.keys.map((key) => ({
      severity: "error",
      file,
      where: [...path, key].map(String).join("."),
      message: `"${key}" is not known here.`,
      remedy: "Remove it, or correct its name.",
    }));
  }
  if (value === undefined) {
    return [
      {
        severity: "error",
        file,
        where,
        message: `"${where}" is missing.`,
        remedy: `Give ${allowed(issue)}.`,
      },
    ];
  }
  const choices = choicesOf(issue);
  const meant = typeof value === "string" ? nearestName(value, choices) : undefined;
  const values = meant === undefined ? choices : [meant, ...choices.filter((choice) => choice !== meant)];
  return [
    {
      severity: "error",
      file,
      where,
      message: `"${where}" is ${JSON.stringify(value)}.`,
      remedy: `It must be ${allowed(issue)}.${meant === undefined ? "" : ` Did you mean "${meant}"?`}`,
      ...(values.length === 0 ? {} : { instead: { values } }),
    },
  ];
}

/** Of a value that may have several forms: the issues of the form that it has, or null when it has none of them. */
function innerIssues(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | null {
  const branches = issue.errors.filter((branch) => branch.every((inner) => !isAboutTheValueItself(inner)));
  return branches[0] ?? null;
}

function isAboutTheValueItself(issue: Issue): boolean {
  return issue.path.length === 0 && issue.code !== "unrecognized_keys" && !isBound(issue);
}

function isBound(issue: Issue): boolean {
  return issue.code === "too_small" || issue.code === "too_big";
}

function allowed(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return typeName(issue.expected);
    case "invalid_value":
      return oneOf(quoted(issue.values));
    case "too_small":
      return bound(issue.origin, issue.inclusive === false ? "above" : "at least", Number(issue.minimum));
    case "too_big":
      return bound(issue.origin, issue.inclusive === false ? "below" : "at most", Number(issue.maximum));
    case "invalid_union":
      return oneOf(
        "options" in issue ? quoted(issue.options) : [...new Set(issue.errors.flat().map(allowed))],
      );
    default:
      return issue.message;
  }
}

function typeName(expected: string): string {
  switch (expected) {
    case "int":
      return "a whole number";
    case "number":
      return "a number";
    case "string":
      return "a text";
    case "boolean":
      return "true or false";
    case "array":
      return "a list";
    case "null":
      return "null";
    default:
      return "an object";
  }
}

function bound(origin: string, relation: string, limit: number): string {
  switch (origin) {
    case "array":
      return `a list of ${relation} ${limit}`;
    case "string":
      return "a text that is not empty";
    default:
      return `${relation} ${limit}`;
  }
}

function oneOf(choices: readonly string[]): string {
  return choices.length < 2 ? (choices[0] ?? "") : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`;
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
