/**
 * From an experiment file as it was typed to an experiment with nothing left to guess, or to all that is wrong with it.
 * A maps.json of ClinicaDL is an experiment file.
 */
import { dirname, resolve as resolvePath } from "node:path";
import { FileRefusal, readUtf8 } from "../../files/reader";
import { codeOf } from "../../messages/codeOf";
import { LAST_EPOCH } from "../../statistics/metrics/metrics";
import type { Experiment } from "../experiment";
import { imagesFrom } from "../imagesPath";
import { problem, warning } from "../problems/makeProblem";
import type { Problem } from "../problems/problem";
import { optimizerSettings, optimizerSettingsProblems } from "../schema/optimizerSettings";
import type { Preprocessing } from "../schema/preprocessing";
import { type ExperimentFile, experimentSchema } from "../schema/schema";
import { taskProblems } from "../taskChecks";
import { TASKS } from "../tasks";
import { refusedFile } from "../unreadableFile";
import { isRecord, unusedKeyProblems, withCurrentKeys } from "./clinicaDlKeys";
import { duplicateKeys } from "./duplicateKeys";
import { explainIssues } from "./explainIssue";
import { cutOf, imagesProblems } from "./imagesKey";
import { JsonTextError, parseJsonText } from "./jsonText";
import { findPreprocessing, type NamedPreprocessing, readNamedPreprocessing } from "./preprocessingSource";
import { unknownKeyProblems } from "./unknownKeys";

export interface Resolution {
  /** Null when there is an error among the problems. */
  readonly experiment: Experiment | null;
  readonly problems: readonly Problem[];
}

/** Reads and resolves an experiment file. Never throws: a file that cannot be read or parsed is a problem like others. */
export async function readExperiment(file: string): Promise<Resolution> {
  try {
    const text = await readUtf8(file, "json");
    const { experiment, problems } = await resolveWithFiles(parseJsonText(text), file);
    const twice = duplicateKeys(text).map((key) => warning("key.given-twice", { file, where: key }, { key }));
    return { experiment, problems: [...twice, ...problems] };
  } catch (error) {
    return { experiment: null, problems: [unreadableJson(file, error)] };
  }
}

/** Whether an experiment file asks for a GPU in so many words, as those of ClinicaDL do: `engine` says which one is taken. */
export async function asksForGpu(file: string): Promise<boolean> {
  try {
    const json = parseJsonText(await readUtf8(file, "json"));
    return isRecord(json) && withCurrentKeys(json).gpu === true;
  } catch {
    // Why it cannot be read is told where it is read.
    return false;
  }
}

/** Why a JSON file could not be read: what `parseJsonText` or the file system threw, as a problem. */
export function unreadableJson(file: string, error: unknown): Problem {
  if (error instanceof JsonTextError)
    return problem("experiment.not-json", { file }, { line: null, column: null, ...error.place });
  if (error instanceof FileRefusal) return refusedFile(error, file);
  const code = codeOf(error);
  if (code === "ENOENT") return problem("file.missing", { file });
  if (code === "EISDIR") return problem("file.is-folder", { file });
  return problem("file.unreadable", { file }, { reason: String(error) });
}

/** As `resolveExperiment`, with the file of its preprocessing where it names one. */
export async function resolveWithFiles(json: unknown, file: string): Promise<Resolution> {
  return resolveExperiment(json, file, await readNamedPreprocessing(json, file));
}

/**
 * Checks `json` against the schema and against itself, fills in the defaults of its task and makes its paths absolute.
 * @param file where it stands: named in the problems; relative paths start at its folder
 * @param named the file that its `preprocessing_json` names, as it was read; null where it names none that is there
 */
export function resolveExperiment(
  json: unknown,
  file: string,
  named: NamedPreprocessing | null = null,
): Resolution {
  if (!isRecord(json)) {
    return { experiment: null, problems: [problem("experiment.not-an-object", { file })] };
  }
  const current = withCurrentKeys(json);
  const problems: Problem[] = [
    ...unknownKeyProblems(current, file),
    ...unusedKeyProblems(current, file),
    ...optimizerSettingsProblems(current, file),
    ...imagesProblems(current, file),
  ];
  const parsed = experimentSchema.safeParse(current);
  if (!parsed.success) {
    return {
      experiment: null,
      problems: [...problems, ...explainIssues(parsed.error.issues, current, file)],
    };
  }
  const folder = dirname(resolvePath(file));
  const source = findPreprocessing(parsed.data, file, named);
  for (const one of source.problems) problems.push(one);
  if (source.preprocessing === null) return { experiment: null, problems };
  const experiment = withDefaults(parsed.data, source.preprocessing, folder);
  for (const one of taskProblems(experiment, current, file)) problems.push(one);
  const refused = problems.some(({ severity }) => severity === "error");
  return { experiment: refused ? null : experiment, problems };
}

/** Defaults that depend on the task; absolute paths; false and "" as null. */
function withDefaults(file: ExperimentFile, preprocessing: Preprocessing, folder: string): Experiment {
  const { preprocessing_json: _, ...rest } = file;
  const task = TASKS[file.network_task];
  const classification = file.network_task === "classification";
  const codes = file.label_code ?? {};
  const selects = file.selection === "best";
  const images = file.images === undefined ? null : imagesFrom(folder, file.images);
  return {
    ...rest,
    preprocessing_dict: images === null ? preprocessing : cutOf(preprocessing),
    optimizer_settings: optimizerSettings(file),
    caps_directory: file.caps_directory ? resolvePath(folder, file.caps_directory) : "",
    images,
    tsv_path: resolvePath(folder, file.tsv_path),
    cache_directory: file.cache_directory === null ? null : resolvePath(folder, file.cache_directory),
    intensity: withAbsoluteMask(file.intensity, folder),
    label: file.label || task.label,
    label_code: classification && Object.keys(codes).length > 0 ? codes : null,
    loss: file.loss ?? task.loss,
    selection_metrics: selects ? [...new Set(file.selection_metrics ?? task.selectionMetrics)] : [LAST_EPOCH],
    patience: selects ? file.patience : 0,
    selection_threshold: classification ? (file.selection_threshold ?? 0) : null,
    transfer_path: file.transfer_path ? resolvePath(folder, file.transfer_path) : null,
    architecture: file.architecture === "default" ? task.architecture : file.architecture,
  };
}

function withAbsoluteMask(
  intensity: ExperimentFile["intensity"],
  folder: string,
): ExperimentFile["intensity"] {
  if (intensity === null || !("over" in intensity) || intensity.over === "all" || !("mask" in intensity.over))
    return intensity;
  return { ...intensity, over: { mask: resolvePath(folder, intensity.over.mask) } };
}
