/** The form that writes an experiment file: what is learned, from which data, by which network; and the splits, where there are none. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { l10n, type QuickPickItem, Uri, window, workspace } from "vscode";
import type { FoundImages } from "../../../data/sources/looking/lookForImages";
import { EXPERIMENT_ENDING } from "../../../experiment/file/experimentFileName";
import { nameFault } from "../../../experiment/names";
import { writeAtomically } from "../../../files/atomicFile";
import type { ArchitectureName } from "../../../network/zoo/zoo";
import type { Task } from "../../../statistics/task";
import type { Gyrus } from "../../gyrus";
import { phraseHere } from "../../language";
import { notify } from "../../report";
import { ask, askSteps, BACK, choose, type Step } from "../steps";
import { askSpace, type SpaceAnswers } from "./askSpace";
import { askImages } from "./chooseImages";
import { askSplits, type LabelAnswers } from "./chooseSplits";
import { type ChosenSplits, experimentText, keysOfFolder } from "./experimentText";
import type { SplitAnswers } from "./splitAnswers";
import { splitSteps } from "./splitSteps";
import { writeMadeSplits } from "./writeMadeSplits";

interface Answers extends SpaceAnswers, LabelAnswers, SplitAnswers {
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
  const { findDataFolders } = await import("../dataFolders");
  const { lookForImages } = await import("../../../data/sources/looking/lookForImages");
  const [found, { splits: ready }] = await Promise.all([lookForImages(folders), findDataFolders(folders)]);
  const steps: Step<Answers>[] = [
    askTask,
    askOtherImages(found),
    askSpace,
    askSplits(gyrus, ready),
    ...splitSteps(gyrus),
    askArchitecture,
    askName(home),
  ];
  const answers = await askSteps<Answers>(l10n.t("New Experiment"), steps);
  if (answers === undefined) return;
  const { task, data, space = null, folder, made, architecture, name } = answers;
  if (!task || !data || !architecture || !name) return;
  const splits: ChosenSplits | null = made
    ? await writeMadeSplits(gyrus, made, home)
    : folder
      ? { tsvPath: folder, keys: keysOfFolder(folder, task) }
      : null;
  if (splits === null) return;
  const file = fileOf(home, name);
  const text = experimentText({ task, images: data.keys, space, splits, architecture }, home);
  await writeAtomically(file, text);
  await gyrus.experiments.refresh();
  await window.showTextDocument(Uri.file(file));
}

/** What was said of the space of others, before one went back, is forgotten. */
const askOtherImages =
  (found: FoundImages): Step<Answers> =>
  async (answers, place) => {
    const given = await askImages(found)(answers, place);
    return typeof given === "object" ? { ...given, space: null } : given;
  };

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

const askArchitecture: Step<Answers> = async ({ task = "classification" }, place) => {
  const { ARCHITECTURES, ZOO } = await import("../../../network/zoo/zoo");
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
