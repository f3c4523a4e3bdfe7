/** Where the preprocessing of an experiment comes from: the experiment itself, a JSON file of prepare-data, or the defaults. */
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { isRecord } from "./clinicaDlKeys";
import { explainIssues } from "./explainIssue";
import { parseJsonText } from "./jsonText";
import { type Preprocessing, preprocessingSchema } from "./preprocessing";
import type { Problem } from "./problem";
import type { ExperimentFile } from "./schema";

export interface PreprocessingSource {
  readonly preprocessing: Preprocessing | null;
  readonly problems: readonly Problem[];
}

/**
 * @param folder folder of the experiment file, where relative paths start
 * @param capsDirectory absolute; bare names of JSON files are looked up in its `tensor_extraction`
 */
export function findPreprocessing(
  experiment: ExperimentFile,
  folder: string,
  capsDirectory: string,
  file: string,
): PreprocessingSource {
  const { preprocessing_dict: given, preprocessing_json: name } = experiment;
  if (name === undefined) {
    return { preprocessing: given ?? preprocessingSchema.parse({}), problems: [] };
  }
  if (given !== undefined) {
    return failed(
      file,
      '"preprocessing_dict" and "preprocessing_json" are both given.',
      "Keep one of the two.",
    );
  }
  const isBareName = !isAbsolute(name) && !/[\\/]/.test(name);
  if (isBareName && experiment.multi_cohort) {
    return failed(
      file,
      `"preprocessing_json" is the bare name "${name}", but with several cohorts there are several CAPS folders.`,
      "Give its path.",
    );
  }
  const candidates = isBareName
    ? [join(capsDirectory, "tensor_extraction", withJson(name)), join(folder, name)]
    : [isAbsolute(name) ? name : join(folder, name)];
  for (const path of candidates) {
    const text = readIfPresent(path);
    if (text !== null) return parsePreprocessing(text, path);
  }
  return failed(
    file,
    `The preprocessing file "${name}" does not exist: looked for ${candidates.join(" and ")}.`,
    "Correct the name, or write `preprocessing_dict` in the experiment instead.",
  );
}

function withJson(name: string): string {
  return name.endsWith(".json") ? name : `${name}.json`;
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function parsePreprocessing(text: string, file: string): PreprocessingSource {
  let json: unknown;
  try {
    json = parseJsonText(text);
  } catch (error) {
    return failed(file, `It is not JSON: ${String(error)}.`, "Write it again with prepare-data.");
  }
  if (!isRecord(json))
    return failed(file, "It does not hold an object.", "Write it again with prepare-data.");
  const parsed = preprocessingSchema.safeParse(json);
  if (parsed.success) return { preprocessing: parsed.data, problems: [] };
  return { preprocessing: null, problems: explainIssues(parsed.error.issues, json, file) };
}

function failed(file: string, message: string, remedy: string): PreprocessingSource {
  const problem: Problem = { severity: "error", file, where: "preprocessing_json", message, remedy };
  return { preprocessing: null, problems: [problem] };
}
