/** The network of an experiment file or of a MAPS, as far as the files tell: what is missing is chosen in the view. */

import { basename } from "node:path";
import type { SourceState } from "../../../webview/network/messages";
import { type FirstImages, glanceAtImages } from "../../data/sources/firstImages";
import { outputsOf } from "../../experiment/experimentNetwork";
import { isRecord, withCurrentKeys } from "../../experiment/file/clinicaDlKeys";
import { parseJsonText } from "../../experiment/file/jsonText";
import { readLayers } from "../../experiment/file/readLayers";
import { resolveWithFiles, unreadableJson } from "../../experiment/file/resolve";
import { refuse } from "../../experiment/problems/makeProblem";
import { InputError } from "../../experiment/problems/problem";
import { type Preprocessing, preprocessingSchema } from "../../experiment/schema/preprocessing";
import { TASKS } from "../../experiment/tasks";
import { readUtf8 } from "../../files/reader";
import { readMapsJson } from "../../maps/folder/mapsJson";
import { mapsPlace } from "../../maps/folder/place";
import type { LayerList } from "../../network/building/customArchitecture";
import type { Task } from "../../network/zoo/zoo";
import { lineHere } from "../language";

/** Whether a source is a file of its own, which a maps.json may be too, and no folder of a MAPS. */
export const isJsonFile = (path: string): boolean => path.endsWith(".json");

/** Never rejects: what is wrong is for the view to say. `path`: an experiment file, or the folder of a MAPS. */
export async function readNetworkSource(path: string): Promise<SourceState> {
  const name = basename(path);
  try {
    const parameters = isJsonFile(path) ? null : await readMapsJson(path);
    const json = parameters?.json ?? (await readJson(path));
    const task = taskOf(json.network_task);
    const trained = parameters !== null;
    const known = trained && parameters.inputSize.length > 0;
    const seen = known ? NOTHING : await imagesOf(json, path);
    return {
      kind: "read",
      source: {
        name,
        architecture: architectureOf(json.architecture, task, path),
        inputSize: known ? parameters.inputSize : (seen.inputSize ?? usualInput(json)),
        ...(known || seen.inputSize !== null || isSaid(json) ? {} : { sizeIsGuess: true }),
        outputSize: outputSizeOf(json, parameters?.outputSize, task) ?? seen.classes,
        dropout: typeof json.dropout === "number" ? json.dropout : 0,
        latentSpaceSize: typeof json.latent_space_size === "number" ? json.latent_space_size : 128,
        task,
        layout: trained && parameters.gyrusVersion === null ? "clinicadl" : "gyrus",
      },
    };
  } catch (error) {
    return { kind: "unreadable", name, problem: wordsOf(error, path) };
  }
}

const NOTHING: FirstImages = { inputSize: null, classes: null };

/** What the images say; nothing for an experiment that is not complete, and while its data are not there. */
async function imagesOf(json: Readonly<Record<string, unknown>>, path: string): Promise<FirstImages> {
  const { experiment } = await resolveWithFiles(json, isJsonFile(path) ? path : mapsPlace(path).mapsJson);
  return experiment === null ? NOTHING : await glanceAtImages(experiment).catch(() => NOTHING);
}

async function readJson(file: string): Promise<Readonly<Record<string, unknown>>> {
  const json = parseJsonText(await readUtf8(file, "json"));
  if (!isRecord(json)) throw refuse("experiment.not-an-object", { file });
  return withCurrentKeys(json);
}

function wordsOf(error: unknown, path: string): string {
  const problems = error instanceof InputError ? error.problems : [unreadableJson(path, error)];
  return problems.map(lineHere).join(" ");
}

function taskOf(task: unknown): Task {
  return task === "regression" || task === "reconstruction" ? task : "classification";
}

function architectureOf(architecture: unknown, task: Task, path: string): string | LayerList {
  if (architecture === undefined || architecture === "default") return TASKS[task].architecture;
  return typeof architecture === "string" ? architecture : readLayers(architecture, path);
}

/** Number of classes, or 1 for a value; null where only the tables tell. */
function outputSizeOf(
  { label_code, diagnoses }: Readonly<Record<string, unknown>>,
  trained: number | readonly number[] | null | undefined,
  task: Task,
): number | null {
  if (typeof trained === "number") return trained;
  return outputsOf(task, classesOf(label_code, diagnoses));
}

function classesOf(label_code: unknown, diagnoses: unknown): number | null {
  if (isRecord(label_code) && Object.keys(label_code).length > 0)
    return new Set(Object.values(label_code)).size;
  return Array.isArray(diagnoses) && diagnoses.length > 1 ? diagnoses.length : null;
}

const CROPPED = [169, 208, 179];
const UNCROPPED = [193, 229, 193];

/** The size that images of the pipelines have; null where only the images tell. */
function usualInput({ preprocessing_dict, size_reduction }: Readonly<Record<string, unknown>>) {
  const preprocessing = preprocessingSchema.safeParse(preprocessing_dict);
  return preprocessing.success && size_reduction !== true ? inputOf(preprocessing.data) : null;
}

/** Patches have the size that the experiment says, whatever the images have. */
const isSaid = ({ preprocessing_dict, size_reduction }: Readonly<Record<string, unknown>>) =>
  isRecord(preprocessing_dict) && preprocessing_dict.mode === "patch" && size_reduction !== true;

function inputOf({
  preprocessing,
  mode,
  use_uncropped_image,
  patch_size,
  slice_direction,
  slice_mode,
}: Preprocessing): readonly number[] | null {
  const image = use_uncropped_image === true ? UNCROPPED : CROPPED;
  switch (mode) {
    case "image":
      return preprocessing === "custom" ? null : [1, ...image];
    case "patch":
      return [1, patch_size, patch_size, patch_size];
    case "slice":
      return preprocessing === "custom"
        ? null
        : [slice_mode === "rgb" ? 3 : 1, ...image.filter((_, axis) => axis !== slice_direction)];
    case "roi":
      return null;
  }
}
