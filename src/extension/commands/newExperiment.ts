/** The form that writes an experiment file: what is learned, from which data, by which network. */
import { existsSync } from "node:fs";
import { isAbsolute, join, relative } from "node:path";
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import { EXPERIMENT_ENDING } from "../../experiment/file/experimentFileName";
import { nameFault } from "../../experiment/names";
import type { ExperimentInput } from "../../experiment/schema/schema";
import { writeAtomically } from "../../files/atomicFile";
import type { ArchitectureName } from "../../network/zoo/zoo";
import type { Task } from "../../statistics/task";
import type { Gyrus } from "../gyrus";
import { phraseHere } from "../language";
import { notify } from "../report";
import { chooseFolder } from "./chooseData";
import type { DataFolders } from "./dataFolders";
import { ask, askSteps, BACK, choose, type Step } from "./steps";

interface Answers {
  readonly task: Task;
  readonly caps: string;
  readonly splits: string;
  readonly architecture: ArchitectureName;
  readonly name: string;
}

export async function newExperiment(gyrus: Gyrus): Promise<void> {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const [home] = folders;
  if (home === undefined) {
    const message = l10n.t("An experiment file is written into a folder: open the one that holds your data.");
    notify("information", message);
    return;
  }
  const { findDataFolders } = await import("./dataFolders");
  const found = await findDataFolders(folders);
  const steps = [askTask, askCaps(found), askSplits(found), askArchitecture, askName(home)];
  const answers = await askSteps<Answers>(l10n.t("New Experiment"), steps);
  if (answers === undefined) return;
  const { task, caps, splits, architecture, name } = answers;
  if (!task || !caps || !splits || !architecture || !name) return;
  const file = fileOf(home, name);
  const experiment = experimentText({ task, caps, splits, architecture, name }, home);
  await writeAtomically(file, experiment);
  await gyrus.experiments.refresh();
  await window.showTextDocument(Uri.file(file));
}

/** Folds of a split folder by its name: 5 for `5_fold`, 0 for `split`. */
export const foldsOf = (folder: string) => Number(/(\d+)_fold$/.exec(folder)?.[1] ?? 0);

/** What the user would otherwise look up, in the order in which one reads it. */
export function experimentText({ task, caps, splits, architecture }: Answers, home: string): string {
  const folds = foldsOf(splits);
  const experiment: ExperimentInput = {
    network_task: task,
    caps_directory: shortPath(caps, home),
    tsv_path: shortPath(splits, home),
    ...(folds === 0 ? {} : { n_splits: folds }),
    preprocessing_dict: { preprocessing: "t1-linear", mode: "image" },
    diagnoses: ["AD", "CN"],
    ...(task === "regression" ? { label: "age" } : {}),
    architecture,
    epochs: 20,
    batch_size: 8,
    learning_rate: 1e-4,
    patience: 10,
  };
  return `${JSON.stringify(experiment, undefined, 2)}\n`;
}

/** Relative where the data stands with the experiment file, so that the folder can be moved. */
function shortPath(path: string, home: string): string {
  const short = relative(home, path);
  return short === "" ? "." : short.startsWith("..") || isAbsolute(short) ? path : short;
}

const fileOf = (home: string, name: string) => join(home, `${name}${EXPERIMENT_ENDING}`);

const askTask: Step<Answers> = async (_answers, place) => {
  const items: (QuickPickItem & { task: Task })[] = [
    {
      task: "classification",
      label: l10n.t("Classification"),
      detail: l10n.t("Tell groups apart: AD and CN, for instance."),
    },
    {
      task: "regression",
      label: l10n.t("Regression"),
      detail: l10n.t("Predict a number: the age, for instance."),
    },
    {
      task: "reconstruction",
      label: l10n.t("Reconstruction"),
      detail: l10n.t("Learn to redraw the image: an autoencoder, also to start a classifier from."),
    },
  ];
  const picked = await choose(place, l10n.t("What does the network learn to do?"), items);
  return picked === undefined || picked === BACK ? picked : { task: picked.task };
};

const askCaps =
  ({ images }: DataFolders): Step<Answers> =>
  async (_answers, place) => {
    const folder = await chooseFolder(place, l10n.t("Which CAPS holds the images?"), images);
    return typeof folder === "string" ? { caps: folder } : folder;
  };

const askSplits =
  ({ splits }: DataFolders): Step<Answers> =>
  async (_answers, place) => {
    const question = l10n.t("Which folder holds the labels, split in training and validation?");
    const folder = await chooseFolder(place, question, splits);
    return typeof folder === "string" ? { splits: folder } : folder;
  };

const askArchitecture: Step<Answers> = async ({ task = "classification" }, place) => {
  const { ARCHITECTURES, ZOO } = await import("../../network/zoo/zoo");
  const items = ARCHITECTURES.filter((name) => ZOO[name].tasks.includes(task)).map((name) => ({
    name,
    label: name,
    detail: ZOO[name].description,
  }));
  const picked = await choose(place, l10n.t("Which network?"), items);
  return picked === undefined || picked === BACK ? picked : { architecture: picked.name };
};

const askName =
  (home: string): Step<Answers> =>
  async ({ task }, place) => {
    const check = (name: string) => {
      const fault = nameFault(name.trim());
      if (fault !== null) return l10n.t("This name cannot be taken: {0}.", phraseHere(fault));
      return existsSync(fileOf(home, name)) ? l10n.t("{0}.experiment.json exists.", name) : undefined;
    };
    const name = await ask(place, l10n.t("Name of the experiment"), task ?? "", check);
    return typeof name === "string" ? { name: name.trim() } : name;
  };
