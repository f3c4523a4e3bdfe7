/** Makes the labels and splits of an experiment that is there, and enters them in its file. */
import { basename, dirname } from "node:path";
import { l10n, Uri, window, workspace } from "vscode";
import { isRecord } from "../../../experiment/file/clinicaDlKeys";
import { JsonTextError, parseJsonText } from "../../../experiment/file/jsonText";
import { resolveWithFiles, unreadableJson } from "../../../experiment/file/resolve";
import { InputError } from "../../../experiment/problems/problem";
import type { Gyrus } from "../../gyrus";
import { askSteps } from "../steps";
import { oneExperiment } from "../targets";
import type { ChosenImages } from "./chooseImages";
import { askSplits, type LabelAnswers } from "./chooseSplits";
import { textWithSplits } from "./experimentText";
import { replaceText } from "./replaceText";
import type { SplitAnswers } from "./splitAnswers";
import { splitSteps } from "./splitSteps";
import { writeMadeSplits } from "./writeMadeSplits";

interface Answers extends LabelAnswers, SplitAnswers {
  readonly data: Pick<ChosenImages, "sessions" | "tables">;
}

export async function makeSplits(gyrus: Gyrus, given: readonly unknown[]): Promise<void> {
  const title = l10n.t("Make Splits");
  const file = await oneExperiment(gyrus, given, title);
  if (file === undefined) return;
  const document = await workspace.openTextDocument(Uri.file(file));
  const home = dirname(file);
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const known = await readRequest(document.getText(), file, folders.length === 0 ? [home] : folders);
  const steps = [askSplits(gyrus, []), ...splitSteps(gyrus)];
  const answers = await askSteps<Answers>(`${title}: ${basename(file)}`, steps, known);
  if (answers?.made === undefined) return;
  const splits = await writeMadeSplits(gyrus, answers.made, home);
  await replaceText(document, textWithSplits(document.getText(), splits, home));
  await window.showTextDocument(document);
}

/**
 * Of an experiment whose splits are not there yet: its task, and whose images there are. Throws an InputError with what else is wrong.
 * @param folders where tables of people are looked for
 */
async function readRequest(
  text: string,
  file: string,
  folders: readonly string[],
): Promise<Pick<Answers, "task" | "data">> {
  const json = parsed(text, file);
  if (!isRecord(json)) throw new InputError((await resolveWithFiles(json, file)).problems);
  const { label: _label, label_code: _codes, diagnoses: _diagnoses, split: _split, ...rest } = json;
  const { experiment, problems } = await resolveWithFiles({ ...rest, tsv_path: "splits", n_splits: 0 }, file);
  if (experiment === null) throw new InputError(problems.filter(({ severity }) => severity === "error"));
  const { caps_directory: caps, images, preprocessing_dict: preprocessing } = experiment;
  const { sessionsWithImage } = await import("../../../data/splits/sessionsWithImage");
  const sessions = await sessionsWithImage({ place: caps, images: images ?? undefined }, preprocessing);
  const { lookForImages } = await import("../../../data/sources/looking/lookForImages");
  const { tables } = await lookForImages(folders);
  return { task: experiment.network_task, data: { sessions, tables } };
}

function parsed(text: string, file: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (error instanceof JsonTextError) throw new InputError([unreadableJson(file, error)]);
    throw error;
  }
}
