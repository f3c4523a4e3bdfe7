/** Where the preprocessing of an experiment comes from: the experiment itself, a JSON file of prepare-data, or the defaults. */
import { dirname, isAbsolute, join, resolve } from "node:path";
import { FileRefusal, readUtf8 } from "../../files/reader";
import { problem } from "../problems/makeProblem";
import { all } from "../problems/phrases";
import type { Problem } from "../problems/problem";
import { type Preprocessing, preprocessingSchema } from "../schema/preprocessing";
import type { ExperimentFile } from "../schema/schema";
import { refusedFile } from "../unreadableFile";
import { isRecord } from "./clinicaDlKeys";
import { explainIssues } from "./explainIssue";
import { JsonTextError, parseJsonText } from "./jsonText";

export interface PreprocessingSource {
  readonly preprocessing: Preprocessing | null;
  readonly problems: readonly Problem[];
}

/** The file that `preprocessing_json` names, or why it was not read. */
export interface NamedPreprocessing {
  readonly file: string;
  readonly content: string | Problem;
}

/**
 * Reads the file that `preprocessing_json` names: null where the experiment names none, and where there is none.
 * @param file where the experiment stands: relative paths start at its folder
 */
export async function readNamedPreprocessing(
  json: unknown,
  file: string,
): Promise<NamedPreprocessing | null> {
  if (!isRecord(json) || typeof json.preprocessing_json !== "string") return null;
  for (const path of placesOf(json.preprocessing_json, json.caps_directory, file)) {
    try {
      return { file: path, content: await readUtf8(path, "json") };
    } catch (error) {
      if (error instanceof FileRefusal) return { file: path, content: refusedFile(error) };
    }
  }
  return null;
}

/** Where a file of that name is looked for: bare names first in the `tensor_extraction` of the CAPS. */
function placesOf(name: string, capsDirectory: unknown, file: string): string[] {
  const folder = dirname(resolve(file));
  if (!isBareName(name)) return [resolve(folder, name)];
  const inCaps =
    typeof capsDirectory === "string" && capsDirectory !== ""
      ? [join(resolve(folder, capsDirectory), "tensor_extraction", withJson(name))]
      : [];
  return [...inCaps, join(folder, name)];
}

const isBareName = (name: string) => !isAbsolute(name) && !/[\\/]/.test(name);

/** @param named what `readNamedPreprocessing` found */
export function findPreprocessing(
  experiment: ExperimentFile,
  file: string,
  named: NamedPreprocessing | null,
): PreprocessingSource {
  const { preprocessing_dict: given, preprocessing_json: name } = experiment;
  if (name === undefined) {
    return { preprocessing: given ?? preprocessingSchema.parse({}), problems: [] };
  }
  const place = { file, where: "preprocessing_json" };
  if (given !== undefined) {
    return failed(problem("preprocessing.given-twice", place));
  }
  if (isBareName(name) && experiment.multi_cohort) {
    return failed(problem("preprocessing.bare-name", place, { name }));
  }
  if (named === null) {
    const places = all(placesOf(name, experiment.caps_directory, file));
    return failed(problem("preprocessing.no-file", place, { name, places }));
  }
  if (typeof named.content !== "string") return failed({ ...named.content, where: "preprocessing_json" });
  return parsePreprocessing(named.content, named.file);
}

function withJson(name: string): string {
  return name.endsWith(".json") ? name : `${name}.json`;
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
