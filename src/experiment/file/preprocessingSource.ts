/** Where the preprocessing of an experiment comes from: the experiment itself, a JSON file of prepare-data, or the defaults. */
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { problem } from "../problems/makeProblem";
import { all } from "../problems/phrases";
import type { Problem } from "../problems/problem";
import { type Preprocessing, preprocessingSchema } from "../schema/preprocessing";
import type { ExperimentFile } from "../schema/schema";
import { isRecord } from "./clinicaDlKeys";
import { explainIssues } from "./explainIssue";
import { JsonTextError, parseJsonText } from "./jsonText";

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
  const place = { file, where: "preprocessing_json" };
  if (given !== undefined) {
    return failed(problem("preprocessing.given-twice", place));
  }
  const isBareName = !isAbsolute(name) && !/[\\/]/.test(name);
  if (isBareName && experiment.multi_cohort) {
    return failed(problem("preprocessing.bare-name", place, { name }));
  }
  const candidates = isBareName
    ? [join(capsDirectory, "tensor_extraction", withJson(name)), join(folder, name)]
    : [isAbsolute(name) ? name : join(folder, name)];
  for (const path of candidates) {
    const text = readIfPresent(path);
    if (text !== null) return parsePreprocessing(text, path);
  }
  return failed(problem("preprocessing.no-file", place, { name, places: all(candidates) }));
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
  const place = { file, where: "preprocessing_json" };
  let json: unknown;
  try {
    json = parseJsonText(text);
  } catch (error) {
    const found = error instanceof JsonTextError ? error.place : null;
    return failed(problem("preprocessing.not-json", place, { line: null, column: null, ...found }));
  }
  if (!isRecord(json)) return failed(problem("preprocessing.not-an-object", place));
  const parsed = preprocessingSchema.safeParse(json);
  if (parsed.success) return { preprocessing: parsed.data, problems: [] };
  return { preprocessing: null, problems: explainIssues(parsed.error.issues, json, file) };
}

const failed = (one: Problem): PreprocessingSource => ({ preprocessing: null, problems: [one] });
